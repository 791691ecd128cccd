"""Tagging: which objectives, targets, principles and topics a passage speaks to, with the words that decided.

What other floors use is named here: the tagger and its answer, the function over Arrow batches with its schemas, and
the ranking of an imported framework's provisions. Training and learning are in `training` and `learning`.
"""

from waymark.engines.documents.tagging.batches import tag_batch, tag_batches
from waymark.engines.documents.tagging.provisions import ProvisionTagger, ProvisionText, provision_tagger
from waymark.engines.documents.tagging.results import TAGS, Tagged, rows, tags_schema
from waymark.engines.documents.tagging.settings import TIERS, Tier
from waymark.engines.documents.tagging.tagger import Tagger

__all__ = [
    "TAGS",
    "TIERS",
    "ProvisionTagger",
    "ProvisionText",
    "Tagged",
    "Tagger",
    "Tier",
    "provision_tagger",
    "rows",
    "tag_batch",
    "tag_batches",
    "tags_schema",
]
