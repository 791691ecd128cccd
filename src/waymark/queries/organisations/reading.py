"""Organisations under the name of the day, and who carries on for those that are gone."""

from dataclasses import dataclass
from datetime import date

from waymark.queries.organisations.views import OrganisationView
from waymark.queries.wording import said
from waymark.records.organisations import Organisation, OrganisationName, Succession, SuccessionKind
from waymark.records.viewers import Viewer


@dataclass(frozen=True, slots=True)
class OrganisationBook:
    """All organisations a viewer may see, as of one day. Keys are row ids."""

    views: dict[int, OrganisationView]
    successors: dict[int, int]
    names: dict[int, tuple[tuple[date | None, date | None, str], ...]]
    """Every visible name with its first and last day, None where it has none."""

    def view(self, organisation: int) -> OrganisationView | None:
        """The organisation, or the one that carries on for it; None when the viewer may not see it."""
        return self.views.get(self.carried_on_by(organisation))

    def name(self, organisation: int) -> str:
        """The name of the day; words that say so when the viewer may not see it."""
        view = self.view(organisation)
        return view.name if view else "an organisation that is not named here"

    def name_on(self, organisation: int, day: date | None) -> str:
        """The name that the organisation itself had on `day`, as what was said then is quoted; else the name of now."""
        for first, last, words in self.names.get(organisation, ()):
            if day is not None and (first is None or first <= day) and (last is None or day <= last):
                return words
        return self.name(organisation)

    def carried_on_by(self, organisation: int) -> int:
        """The organisation that has the duties now: itself, or the last of its successors."""
        seen = set()
        while organisation in self.successors and organisation not in seen:
            seen.add(organisation)
            organisation = self.successors[organisation]
        return organisation


def organisations_on(day: date, viewer: Viewer, language: str) -> OrganisationBook:
    """Every visible organisation with its name on `day` and the mergers up to then."""
    current: dict[int, str] = {}
    former: dict[int, list[str]] = {}
    spans: dict[int, list[tuple[date | None, date | None, str]]] = {}
    for row in OrganisationName.objects.visible_to(viewer).order_by("organisation_id", "from_date", "id"):
        words = said(row.name, language)
        if not row.end_unknown:
            spans.setdefault(row.organisation_id, []).append((row.from_date, row.to_date, words))
        ended = row.end_unknown or (row.to_date is not None and row.to_date < day)
        begun = row.from_date is None or row.from_date <= day
        if begun and not ended:
            current[row.organisation_id] = words
        elif begun:
            former.setdefault(row.organisation_id, []).append(words)
    successors = {
        row.from_organisation_id: row.to_organisation_id
        for row in Succession.objects.visible_to(viewer).filter(kind=SuccessionKind.MERGED)
        if row.to_organisation_id is not None and (row.date is None or row.date <= day)
    }
    for gone, successor in successors.items():
        former.setdefault(successor, []).extend(filter(None, [current.get(gone, ""), *former.get(gone, [])]))
    views = {}
    for organisation in Organisation.objects.visible_to(viewer):
        names = former.get(organisation.id, [])
        name = current.get(organisation.id) or (names[-1] if names else organisation.code)
        formerly = tuple(dict.fromkeys(n for n in names if n != name))
        views[organisation.id] = OrganisationView(organisation.urn, name, organisation.kind, formerly)
    return OrganisationBook(views, successors, {key: tuple(names) for key, names in spans.items()})
