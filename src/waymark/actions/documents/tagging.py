"""Tags of passages: a model suggests, a person says; what a person said no run changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction
from django.db.models import Q

from waymark.actions.acts import act, acting
from waymark.actions.log import log
from waymark.actions.storing import free_code, fresh, remove, store, store_all
from waymark.engines.documents.model import Scored
from waymark.engines.documents.tagging import ProvisionText, Tagger, provision_tagger
from waymark.gcm.errors import RefusedError
from waymark.gcm.lists import Verdict
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage, Tag
from waymark.records.frameworks import Framework, Provision
from waymark.records.networks import Network
from waymark.records.permissions import check_verb
from waymark.records.places import Place
from waymark.records.roles import Verb

LEAST = {"objectives": 0.10, "targets": 0.25, "principles": 0.25, "topics": 0.25}
"""A suggestion is kept from this score on."""
MOST = {"objectives": 5, "targets": 5, "principles": 3, "topics": 3}
"""So many of each are kept, the highest first; a ranking to choose from, not a verdict."""
FRAMEWORKS = {"objectives": "gcm", "principles": "gcm", "targets": "sdg", "topics": "pd-2022"}
LEAST_ALIKE = 0.35
"""A provision of an imported framework is suggested from this likeness of words and objectives on, up to MOST_ALIKE."""
MOST_ALIKE = 3
BATCH = 500


class Words(Protocol):
    """What is tagged: a passage on record, or one that was read and is not stored yet."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def language(self) -> str:
        """BCP 47, "" when not known."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a tagger of `tier` suggests for passages, one list for each; made before anything is written."""

    tier: str
    rows: Sequence[Sequence[tuple[Provision, Scored]]]


def suggest_tags(
    *,
    by: Actor,
    passages: Sequence[Passage],
    tagger: "Tagger | Suggesting",
    network: Network | None,
    frameworks: Sequence[Framework] = (),
) -> int:
    """Replace the model's tags of these passages by those of `tagger`; returns how many were kept.

    The passages are all of documents of `network`. Provisions of `frameworks` (imported ones) are suggested too. Tags
    by persons stay as they are. All of it or nothing, written in one short transaction after all were tagged. Raises
    RefusedError when `by` may not, or for a passage of another network.
    """
    check_verb(by, Verb.KEEP_REGISTER, network)
    documents = list(Document.objects.filter(pk__in={row.document_id for row in passages}).order_by("id"))
    _check_network(documents, network)
    suggesting = tagger if isinstance(tagger, Suggesting) else Suggesting(tagger)
    made = suggesting.of(passages, frameworks)
    with transaction.atomic(), acting("suggest_tags"):
        return store_suggestions(by, passages, made, documents, network)


def suggested(passages: Iterable[Words], tagger: Tagger, frameworks: Sequence[Framework] = ()) -> Suggested:
    """What `tagger` suggests for each passage, of the catalogue and of imported frameworks. Writes nothing."""
    return Suggesting(tagger).of(passages, frameworks)


class Suggesting:
    """A tagger with the provisions that it can suggest, each framework read once: for a run over many documents."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._catalogue: _Suggester | None = None
        self._imported: dict[int, _Suggester] = {}

    def of(self, passages: Iterable[Words], frameworks: Sequence[Framework] = ()) -> Suggested:
        """What is suggested for each passage. Writes nothing."""
        self._catalogue = self._catalogue or _Suggester.of_catalogue(self._tagger)
        for row in frameworks:
            if row.pk not in self._imported:
                self._imported[row.pk] = _Suggester.of_imported(row, self._tagger)
        own = [self._catalogue, *(self._imported[row.pk] for row in frameworks)]
        rows = [[pair for one in own for pair in one.suggest(passage)] for passage in passages]
        return Suggested(self._tagger.tier, rows)


def store_suggestions(
    by: Actor,
    passages: Sequence[Passage],
    made: Suggested,
    documents: Sequence[Document],
    network: Network | None,
) -> int:
    """Replace the model's tags of stored passages of `documents`; returns how many. For acts: they check and hold.

    The same tags again change nothing and are not logged.
    A passage that was removed since it was tagged, or a provision, gets no tag.
    """
    there = set(Passage.objects.filter(document__in=documents).order_by().values_list("pk", flat=True))
    named = {provision.pk for row in made.rows for provision, _ in row}
    known = set(Provision.objects.filter(pk__in=named).order_by().values_list("pk", flat=True))
    tags = [
        Tag(
            code=f"{passage.code}.{provision.framework.code}.{provision.code}",
            passage=passage,
            provision=provision,
            by_person=False,
            score=round(scored.score, 4),
            reasons=[reason.text for reason in scored.reasons],
            model=made.tier,
        )
        for passage, row in zip(passages, made.rows, strict=True)
        if passage.pk in there
        for provision, scored in row
        if provision.pk in known
    ]
    parts = [[row.pk for row in passages[start : start + BATCH]] for start in range(0, len(passages), BATCH)]
    former = {_said(tag) for part in parts for tag in Tag.objects.by_model().filter(passage__in=part)}
    if former == {_said(tag) for tag in tags}:
        return len(tags)
    for part in parts:
        Tag.objects.by_model().filter(passage__in=part).delete()
    store_all(Tag, tags, noting=False)
    for document in documents:
        log(by, "document.tagged", document, model=made.tier)
    return len(tags)


def _said(tag: Tag) -> tuple[object, ...]:
    return tag.passage_id, tag.provision_id, tag.score, tuple(tag.reasons), tag.model


def _check_network(documents: Sequence[Document], network: Network | None) -> None:
    other = next((row for row in documents if row.network_id != (network.pk if network else None)), None)
    if other is not None:
        if network is None:
            raise RefusedError("document.of_no_network", document=other.code)
        raise RefusedError("document.of_another_network", document=other.code, network=network.code)


def frameworks_for(document: Document) -> list[Framework]:
    """The imported frameworks that the reviews of a document's network, or of the places it is about, are held to."""
    return frameworks_serving(document.network, list(document.about.all()))


def frameworks_serving(network: Network | None, about: Sequence[Place]) -> list[Framework]:
    """The imported frameworks that the reviews of a network, or of these places, are held to."""
    reviewed = Q(reviews__place__in=about)
    if network is not None:
        reviewed |= Q(reviews__network=network)
    known = set(FRAMEWORKS.values())
    return list(Framework.objects.filter(reviewed).exclude(code__in=known).distinct().order_by("code"))


class _Suggester:
    """Suggests provisions of one or several frameworks for a passage."""

    def __init__(self, provisions: Sequence[Provision], rank: Callable[[Words], Iterator[tuple[str, Scored]]]) -> None:
        self._provisions = {f"{row.framework.code}:{row.code}": row for row in provisions}
        self._rank = rank

    def suggest(self, passage: Words) -> Iterator[tuple[Provision, Scored]]:
        """The provisions with their scores; codes that the record does not hold are left out."""
        for framework, scored in self._rank(passage):
            provision = self._provisions.get(f"{framework}:{scored.code}")
            if provision is not None:
                yield provision, scored

    @classmethod
    def of_catalogue(cls, tagger: Tagger) -> "_Suggester":
        """The objectives, principles, targets and topics."""
        codes = set(FRAMEWORKS.values())
        rows = Provision.objects.filter(framework__code__in=codes).select_related("framework")

        def rank(passage: Words) -> Iterator[tuple[str, Scored]]:
            tagged = tagger.tag_one(passage.text, passage.language)
            for kind, framework in FRAMEWORKS.items():
                ranked: tuple[Scored, ...] = getattr(tagged, kind)
                yield from ((framework, one) for one in ranked[: MOST[kind]] if one.score >= LEAST[kind])

        return cls(list(rows), rank)

    @classmethod
    def of_imported(cls, framework: Framework, tagger: Tagger) -> "_Suggester":
        """The provisions of one imported framework, by likeness of words and objectives."""
        rows = list(framework.provisions.select_related("framework").order_by("position", "id"))
        ranker = provision_tagger([text for row in rows for text in _texts(row)], tagger)

        def rank(passage: Words) -> Iterator[tuple[str, Scored]]:
            found: dict[str, Scored] = {}
            for one in ranker.rank(passage.text, passage.language):
                found.setdefault(one.code, one)  # a provision in several languages ranks by its best
            kept = [one for one in found.values() if one.score >= LEAST_ALIKE]
            return ((framework.code, one) for one in kept[:MOST_ALIKE])

        return cls(rows, rank)


def _texts(row: Provision) -> Iterator[ProvisionText]:
    """The words of a provision, one text for each language it is in."""
    for language in sorted({*row.title, *row.label, *row.text}):
        words = [field[language] for field in (row.title, row.label, row.text) if field.get(language)]
        yield ProvisionText(row.code, " ".join(dict.fromkeys(words)), language)


@act
def judge(
    *,
    by: Actor,
    passage: Passage,
    provision: Provision | None,
    verdict: str = Verdict.SPEAKS,
    on: date | None = None,
    note: str = "",
) -> Tag:
    """Say as a person that a passage speaks to a provision, or does not, or speaks to none of the objectives.

    A second word of the same post on the same provision replaces its first, and "none of them" and "speaks to an
    objective" replace each other; other posts' words stand beside it.
    """
    network = passage.document.network
    check_verb(by, Verb.KEEP_REGISTER, network)
    if (verdict == Verdict.NONE) != (provision is None):
        raise RefusedError("tag.does_not_fit", passage=passage.code)
    row = Tag.objects.by_persons().filter(passage=passage, provision=provision, post=by.post).first()
    said = "none" if provision is None else f"{provision.framework.code}.{provision.code}"
    if row is not None and (row.verdict, row.date, row.note) == (verdict, on, note):
        return row
    row = (
        fresh(row)
        if row
        else Tag(
            code=free_code(Tag, f"{passage.code}.person.{said}"),
            passage=passage,
            provision=provision,
            by_person=True,
            post=by.post,
        )
    )
    _withdraw(row, verdict)
    row.verdict, row.date, row.note = verdict, on, note
    store(row)
    log(by, "passage.tagged", row, verdict=verdict)
    return row


def _withdraw(row: Tag, verdict: str) -> None:
    """Take back what the same post said of the passage that a new verdict contradicts."""
    own = Tag.objects.by_persons().filter(passage=row.passage, post=row.post)
    if verdict == Verdict.NONE:
        own = own.filter(verdict=Verdict.SPEAKS, provision__framework__code="gcm", provision__kind="objective")
    elif verdict == Verdict.SPEAKS and row.provision is not None and row.provision.kind == "objective":
        own = own.filter(verdict=Verdict.NONE)
    else:
        return
    for contrary in own.exclude(pk=row.pk):
        remove(contrary)
