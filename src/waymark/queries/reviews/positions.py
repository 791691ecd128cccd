"""Positions on the texts that a review follows and on its recommendations, and the papers they were entered from."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from waymark.gcm import frameworks, votes
from waymark.gcm.places import name
from waymark.gcm.vocabulary import sources as registered
from waymark.queries.organisations.reading import OrganisationBook
from waymark.queries.reviews.views import PositionView
from waymark.queries.sources.reading import SourceBook
from waymark.queries.sources.views import SourceView
from waymark.queries.wording import in_language, iso
from waymark.records.documents import Document
from waymark.records.frameworks import Position
from waymark.records.record import FromPaper
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions in the order of their days, and the papers, by key, that they were entered from."""

    rows: tuple[Position, ...]
    papers: Mapping[int, Document]

    def up_to(self, day: date) -> Iterator[Position]:
        """Those taken up to a day; one without a day counts as taken before."""
        return (row for row in self.rows if row.date is None or row.date <= day)


def positions_read(place: str, viewer: Viewer, provisions: Collection[int] = ()) -> Positions:
    """What the country and its organisations think of whole frameworks, and anybody of some provisions by their keys.

    The papers are those that the viewer may see.
    """
    of_place = Q(place__code=place) | Q(organisation__place__code=place)
    wanted = (Q(framework__isnull=False) & of_place) | Q(provision__in=provisions)
    found = Position.objects.visible_to(viewer).filter(wanted)
    rows = tuple(found.select_related("framework", "provision__framework", "place").order_by("date", "id"))
    return Positions(rows, papers_seen(rows, viewer))


def positions_of(
    place: str,
    *,
    viewer: Viewer,
    day: date,
    language: str,
    organisations: OrganisationBook,
    sources: SourceBook,
    rows: Positions | None = None,
) -> tuple[PositionView, ...]:
    """What the country and its organisations think of whole frameworks (answers to recommendations stand elsewhere).

    `rows` are those of `positions_read`, when they were read before. A vote that the catalogue knows of stands first,
    where the record holds no position of the country itself on that text.
    """
    known = positions_read(place, viewer) if rows is None else rows
    own = {row.framework.code for row in known.up_to(day) if row.framework and row.organisation_id is None}
    views = list(_votes(place, own, day=day, language=language, sources=sources))
    for row in known.up_to(day):
        if row.framework is None:
            continue
        named = row.place.name if row.place else {}
        holder = organisations.name(row.organisation_id) if row.organisation_id else in_language(named, language)
        views.append(
            PositionView(
                holder=holder,
                subject=in_language(row.framework.title, language),
                stance=row.get_stance_display(),
                date=iso(row.date),
                text=in_language(row.text, language),
                source=_source_of_position(row, known.papers, sources),
                mark=row.mark,
                note=row.note,
                entered_from=paper_of(row, known.papers),
            )
        )
    return tuple(views)


def _votes(
    place: str, recorded: Collection[str], *, day: date, language: str, sources: SourceBook
) -> Iterator[PositionView]:
    """How the country voted on texts that none of its `recorded` positions is about, as the catalogue's sources say."""
    for vote in votes.votes_of(place):
        if vote.framework in recorded or vote.date > day:
            continue
        keys = []
        for source in registered(vote.source):
            publisher, _, title = source.title.partition(": ")
            title = title[:1].upper() + title[1:]
            view = SourceView(
                f"catalogue:{source.key}", "catalogue", publisher, title, address=source.address, mark=vote.mark,
                page=vote.locator,
            )  # fmt: skip
            keys.append(sources.add(view))
        yield PositionView(
            holder=name(vote.place, language).text,
            subject=frameworks.framework(vote.framework).title,
            stance=vote.stance.label,
            date=iso(vote.date),
            text="",
            source="\n".join(keys),
            mark=vote.mark,
            note="The sources name the States that voted against and that abstained; the roll call was not read.",
        )


def _source_of_position(row: Position, papers: Mapping[int, Document], sources: SourceBook) -> str:
    """What a position cites, else the paper that it was entered from, else the record, where its holder took it."""
    if row.source or not row.entered_for:
        return sources.of_record(row, group="positions")
    if row.paper_id is None:
        return sources.cited(row.paper_words, date=iso(row.paper_date))
    paper = papers.get(row.paper_id)
    return sources.of_document(paper) if paper else sources.of_record(row, group="positions")


def papers_seen(rows: Iterable[FromPaper], viewer: Viewer) -> Mapping[int, Document]:
    """The papers that rows were entered from, by key, as far as the viewer may see them."""
    keys = {row.paper_id for row in rows if row.paper_id is not None}
    if not keys:
        return {}
    return {row.pk: row for row in Document.objects.visible_to(viewer).order_by().filter(pk__in=keys)}


def paper_of(row: FromPaper, seen: Mapping[int, Document]) -> str:
    """The paper that something was entered from for a body, with its date; "" for what the body did here itself."""
    if not row.entered_for:
        return ""
    paper = seen.get(row.paper_id or 0)
    named = row.paper_words if row.paper_id is None else paper.code if paper else "a paper that is not shown here"
    return f"{named}, {iso(row.paper_date)}"
