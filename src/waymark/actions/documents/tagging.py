"""Tags of passages: a model suggests, a person says; what a person said no run changes."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from waymark.actions.log import log
from waymark.actions.storing import free_code, store, store_all
from waymark.engines.documents.model import Scored
from waymark.engines.documents.tagging.results import Tagged
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import RefusedError
from waymark.records.actors import Actor
from waymark.records.documents import Document, Passage, Tag, Verdict
from waymark.records.frameworks import Provision
from waymark.records.networks import Network
from waymark.records.permissions import Verb, check_verb

LEAST = {"objectives": 0.10, "targets": 0.25, "principles": 0.25, "topics": 0.25}
"""A suggestion is kept from this score on."""
MOST = {"objectives": 5, "targets": 5, "principles": 3, "topics": 3}
"""So many of each are kept, the highest first; a ranking to choose from, not a verdict."""
FRAMEWORKS = {"objectives": "gcm", "principles": "gcm", "targets": "sdg", "topics": "pd-2022"}
BATCH = 500


@transaction.atomic
def suggest_tags(*, by: Actor, passages: Sequence[Passage], tagger: Tagger, network: Network | None) -> int:
    """Replace the model's tags of these passages by those of `tagger`; returns how many were kept.

    The passages are all of documents of `network`. Tags by persons stay as they are.
    """
    check_verb(by, Verb.KEEP_REGISTER, network)
    provisions = {
        (row.framework.code, row.code): row
        for row in Provision.objects.filter(framework__code__in=set(FRAMEWORKS.values())).select_related("framework")
    }
    count = 0
    for start in range(0, len(passages), BATCH):
        part = passages[start : start + BATCH]
        Tag.objects.by_model().filter(passage__in=[row.pk for row in part]).delete()
        made = [
            tag
            for passage, tagged in zip(part, _tagged(part, tagger), strict=True)
            for tag in _tags(passage, tagged, provisions, tagger.tier)
        ]
        store_all(Tag, made, "The suggested tags")
        count += len(made)
    if passages:
        documents = Document.objects.filter(pk__in={row.document_id for row in passages}).order_by("id")
        for document in documents:
            log(by, "document.tagged", document, network, model=tagger.tier)
    return count


def _tagged(passages: Sequence[Passage], tagger: Tagger) -> Iterator[Tagged]:
    for row in passages:
        yield tagger.tag_one(row.text, row.language)


def _tags(passage: Passage, tagged: Tagged, provisions: dict[tuple[str, str], Provision], model: str) -> Iterator[Tag]:
    for kind, framework in FRAMEWORKS.items():
        ranked: tuple[Scored, ...] = getattr(tagged, kind)
        for scored in ranked[: MOST[kind]]:
            provision = provisions.get((framework, scored.code))
            if provision is None or scored.score < LEAST[kind]:
                continue
            yield Tag(
                code=f"{passage.code}.{framework}.{scored.code}",
                passage=passage,
                provision=provision,
                by_person=False,
                score=round(scored.score, 4),
                reasons=[reason.text for reason in scored.reasons],
                model=model,
            )


@transaction.atomic
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

    A second word of the same post on the same provision replaces its first; other posts' words stand beside it.
    """
    network = passage.document.network
    check_verb(by, Verb.KEEP_REGISTER, network, on)
    if (verdict == Verdict.NONE) != (provision is None):
        raise RefusedError(
            f"The verdict {verdict} on {passage.code} does not fit. Name a provision to say that the passage speaks to "
            "it or does not; name none to say that it speaks to none of the objectives."
        )
    row = Tag.objects.by_persons().filter(passage=passage, provision=provision, post=by.post).first()
    said = "none" if provision is None else f"{provision.framework.code}.{provision.code}"
    row = row or Tag(
        code=free_code(Tag, f"{passage.code}.person.{said}"),
        passage=passage,
        provision=provision,
        by_person=True,
        post=by.post,
    )
    row.verdict, row.date, row.note = verdict, on, note
    store(row, f"The tag of {passage.code}")
    log(by, "passage.tagged", row, network, verdict=verdict)
    return row
