"""Learning from what persons said: a better tagger for this installation, or a refusal with the figures."""

from collections import defaultdict
from pathlib import Path

from waymark.actions.documents.tagging import Suggesting, frameworks_for, suggest_tags
from waymark.engines.documents.tagging import weights
from waymark.engines.documents.tagging.corpus import Example
from waymark.engines.documents.tagging.learning import Learned, learn
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.engines.documents.tagging.terms import NONE
from waymark.gcm.lists import Verdict
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage, Tag
from waymark.records.permissions import check_verb
from waymark.records.roles import Verb

OPEN = ("public", "network")
"""Words of other documents never enter the weights, which a reader of a reason might see."""


def persons_examples() -> list[Example]:
    """Passages with the objectives that persons gave them, the lowest number first; "none" where a person said so.

    Where persons disagree on an objective the passage keeps it. A passage that persons only rejected tags of tells
    nothing about what it does speak to, and is left out. Documents that are not open to the network are left out too.
    """
    said: dict[int, set[str]] = defaultdict(set)
    passages: dict[int, Passage] = {}
    rows = (
        Tag.objects.by_persons()
        .filter(passage__document__classification__in=OPEN, passage__classification__in=OPEN, classification__in=OPEN)
        .exclude(verdict=Verdict.DOES_NOT)
        .select_related("passage", "provision__framework")
        .order_by("passage__urn", "id")
    )
    for row in rows:
        passages[row.passage_id] = row.passage
        if row.provision is None:
            said[row.passage_id].add(NONE)
        elif row.provision.framework.code == "gcm" and row.provision.code.isdigit():
            said[row.passage_id].add(row.provision.code)
    examples = []
    for key, passage in passages.items():
        codes = sorted(said[key] - {NONE}, key=int) or sorted(said[key])
        if codes:
            examples.append(Example(passage.text, passage.language, tuple(codes)))
    return examples


def learn_from_persons(*, by: Actor, base: Path, out: Path, keep: bool = True) -> Learned:
    """Fit the weights in `base` further on persons' tags and, when nothing gets worse, write them to `out`.

    A worse result is refused: `out` stays as it was, and the report says why (`Learned.accepted`). `keep` False only
    reports. Raises InputError for too few tags, RefusedError when `by` may not.
    """
    check_verb(by, Verb.INSTALL, None)
    learned = learn(persons_examples(), weights.load(base))
    if keep and learned.accepted:
        out.parent.mkdir(parents=True, exist_ok=True)
        weights.save(learned.head, out)
    return learned


def retag(*, by: Actor, tagger: Tagger) -> tuple[int, int]:
    """Suggest tags anew for every passage on record; returns how many passages and how many tags.

    Document by document, each in its own short transaction: when it is stopped, those that come later keep the tags
    they had, and a second run does all of them. Provisions are read once: what is imported meanwhile is left out.
    """
    check_verb(by, Verb.INSTALL, None)
    suggesting = Suggesting(tagger)
    passages = tags = 0
    for document in Document.objects.select_related("network").order_by("id"):
        own = list(document.passages.order_by("position"))
        if not own:
            continue
        tags += suggest_tags(
            by=by, passages=own, tagger=suggesting, network=document.network, frameworks=frameworks_for(document)
        )
        passages += len(own)
    return passages, tags
