import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from waymark.actions.catalogue import load_catalogue
from waymark.actions.frameworks import import_framework
from waymark.gcm import cycles as cycle_facts
from waymark.gcm import frameworks as framework_facts
from waymark.gcm import places as place_facts
from waymark.gcm.errors import RefusedError
from waymark.records.actors import ANONYMOUS, Actor
from waymark.records.events import Event
from waymark.records.frameworks import Crosswalk, Framework, Provision
from waymark.records.places import Place, PlaceKind
from waymark.records.reviews import ReviewCycle
from waymark.records.viewers import PUBLIC

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


def test_the_whole_catalogue_is_on_record_with_its_sources() -> None:
    with CaptureQueriesContext(connection) as seen:
        done = load_catalogue(by=SYSTEM)
    assert len(seen) <= 400  # statements, for some 3,000 rows
    assert done.places == Place.objects.count() == len(place_facts.places())
    assert done.provisions == sum(len(framework_facts.provisions(one.code)) for one in framework_facts.frameworks())
    assert done.cycles == len(cycle_facts.cycles())
    assert done.links == Crosswalk.objects.count()
    assert Provision.objects.filter(framework__code="gcm", kind="objective").count() == 23
    assert Provision.objects.filter(framework__code="gcm", kind="action").count() == 187
    assert Provision.objects.get(framework__code="gcm", code="7.a").parent == Provision.objects.get(
        framework__code="gcm", code="7"
    )
    for model in (Place, Framework, Provision, Crosswalk, ReviewCycle):
        assert not model._default_manager.filter(mark="").exists()
        assert model._default_manager.visible_to(PUBLIC).count() == model._default_manager.count()
    assert set(Place.objects.values_list("kind", flat=True)) <= set(PlaceKind.values)


def test_places_lie_in_regions_and_cycles_feed_the_forum() -> None:
    load_catalogue(by=SYSTEM)
    georgia = Place.objects.get(code="GEO")
    assert set(georgia.parents.values_list("code", flat=True)) == set(place_facts.place("GEO").parents)
    assert "unece-2024" in ReviewCycle.objects.get(code="imrf-2026").fed_by.values_list("code", flat=True)
    clusters = ReviewCycle.objects.get(code="imrf-2022").clusters
    assert sorted(int(code) for cluster in clusters for code in cluster["objectives"]) == list(range(1, 24))


def test_a_second_load_writes_and_logs_nothing() -> None:
    load_catalogue(by=SYSTEM)
    events = Event.objects.count()
    assert load_catalogue(by=SYSTEM).written == 0
    assert Event.objects.count() == events


def test_a_changed_fact_is_brought_back_and_imported_texts_stay(tmp_path) -> None:
    load_catalogue(by=SYSTEM)
    Provision.objects.filter(framework__code="gcm", code="7").update(label={"en": "Spoilt", "ka": "ქართული"})
    path = tmp_path / "gcm.csv"
    path.write_text("code,title,text,language\n7,Official title,Official text,en\n", encoding="utf-8")
    import_framework(by=Actor.operator(), code="gcm", path=path)
    assert load_catalogue(by=SYSTEM).written == 1
    row = Provision.objects.get(framework__code="gcm", code="7")
    assert row.text == {"en": "Official text"}
    assert row.title["en"] == "Official title"
    assert row.label == {"en": framework_facts.provision("gcm", "7").label, "ka": "ქართული"}


def test_only_the_operator_and_the_system_load_it() -> None:
    with pytest.raises(RefusedError, match="may not run the installation"):
        load_catalogue(by=ANONYMOUS)
