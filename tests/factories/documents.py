from typing import Any

from waymark.actions.documents import register
from waymark.records.actors import Actor
from waymark.records.documents import Document


def document(code: str = "minutes", **fields: Any) -> Document:
    row = Document.objects.filter(code=code).first()
    return row or register(by=Actor.operator(), code=code, **({"title": f"Document {code}"} | fields))
