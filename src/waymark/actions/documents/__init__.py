"""What is done to documents: register one, file one in, correct its facts, tag passages, learn from persons."""

from waymark.actions.documents.adding import Added, add_document, held_already
from waymark.actions.documents.correcting import DocumentFacts, correct_facts
from waymark.actions.documents.filing_in import file_in, file_in_all
from waymark.actions.documents.registering import file_hash, register
from waymark.actions.documents.tagging import judge, suggest_tags

__all__ = [
    "Added",
    "DocumentFacts",
    "add_document",
    "correct_facts",
    "file_hash",
    "file_in",
    "file_in_all",
    "held_already",
    "judge",
    "register",
    "suggest_tags",
]
