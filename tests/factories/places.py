from waymark.records.places import Place


def orvenia() -> Place:
    row = Place.objects.filter(code="QOR").first()
    return row or Place.objects.create(code="QOR", kind="fictional", name={"en": "Orvenia"}, mark="proposal")
