"""What is done to documents: register one, read its file into passages, tag passages, learn from persons' tags."""

from waymark.actions.documents.adding import Added, DocumentFacts, add_document, correct_facts, held_already
from waymark.actions.documents.registering import file_hash, register
from waymark.actions.documents.tagging import judge, suggest_tags

__all__ = [
    "Added",
    "DocumentFacts",
    "add_document",
    "correct_facts",
    "file_hash",
    "held_already",
    "judge",
    "register",
    "suggest_tags",
]
