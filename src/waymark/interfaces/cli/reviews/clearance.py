"""`waymark reviews submit`, `clear`, `publish` and `withdraw`."""

import argparse
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.folders import data_folder
from waymark.interfaces.cli.options import given_day
from waymark.interfaces.cli.output import check_folder, write_folder
from waymark.interfaces.cli.papers import paper_files
from waymark.interfaces.cli.record import existing_record

if TYPE_CHECKING:
    from waymark.actions.facts import Paper
    from waymark.actions.reviews import Lacks
    from waymark.engines.safekeeping.shelf import Shelf
    from waymark.records.editions import Candidate
    from waymark.records.people import PostHolding
    from waymark.records.viewers import Viewer

CANDIDATE = "code of a candidate, or the first letters of its hash"


def configure(made: Mapping[str, argparse.ArgumentParser]) -> None:
    """The options of the four acts."""
    submit = made["submit"]
    submit.add_argument("review", metavar="REVIEW", help="code of a review on record, such as QOR-imrf-2026")
    submit.add_argument("--lang", metavar="TAG", help="language of the files; default: that of the review")
    submit.add_argument(
        "--as-of", metavar="DATE", help="judge by this day (YYYY-MM-DD); default the last day of the cycle's event"
    )
    submit.add_argument(
        "--audience", choices=("public", "network"), default="public", help="who it is made for; default public"
    )
    submit.add_argument("--on", metavar="DATE", help="day of the submission, YYYY-MM-DD; default: today")
    submit.add_argument("--out", type=Path, metavar="DIR", help="folder for a copy of the files to read")
    clear = made["clear"]
    clear.add_argument("candidate", metavar="CANDIDATE", help=CANDIDATE)
    clear.add_argument("--person", required=True, metavar="CODE", help="who signed")
    clear.add_argument("--post", required=True, metavar="CODE", help="the post in which the person signed")
    _add_paper(clear)
    publish = made["publish"]
    publish.add_argument("candidate", metavar="CANDIDATE", help=CANDIDATE)
    _add_paper(publish)
    withdraw = made["withdraw"]
    withdraw.add_argument("edition", metavar="EDITION", help="code of an edition, or the first letters of its hash")
    withdraw.add_argument("--reason", required=True, help="why; it stands where the edition stood")
    _add_paper(withdraw)


def _add_paper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--paper", required=True, metavar="PAPER", help="the signed paper: code of a document, or words that name it"
    )
    parser.add_argument("--paper-date", required=True, metavar="DATE", help="date of the paper, YYYY-MM-DD")
    parser.add_argument("--on", metavar="DATE", help="day of the act, YYYY-MM-DD; default: that of the paper")


def run_submit(arguments: argparse.Namespace) -> int:
    """Render the review, submit the files, say by which code and hash they are known."""
    as_of, on = given_day(arguments.as_of), given_day(arguments.on, "--on") or datetime.now(UTC).date()
    if arguments.out is not None:
        check_folder(arguments.out)
    existing_record()
    from waymark.actions.reviews import submit
    from waymark.queries.reviews.editions import review_named
    from waymark.queries.reviews.rendering import rendering_of, scope_of
    from waymark.records.actors import OPERATOR_VIEWER

    review = review_named(arguments.review, OPERATOR_VIEWER)
    scope = scope_of(review, as_of=as_of, audience=arguments.audience, language=arguments.lang)
    rendering = rendering_of(review, scope, datasets=data_folder("datasets"))
    files = paper_files("review", rendering.scope)
    with tempfile.TemporaryDirectory(prefix="waymark-candidate-") as folder:
        place = Path(folder, "files")
        write_folder(place, files)
        candidate = submit(by=operator(), review=review, rendering=rendering, folder=place, shelf=_shelf(), on=on)
    if arguments.out is not None:
        write_folder(arguments.out, files)
    print(
        f"Submitted {candidate.code}: edition {candidate.number} of {review.code}, made for {candidate.audience}, "
        f"{candidate.language}, as of {candidate.as_of}."
    )
    print(f"{counted(len(candidate.files), 'file', 'files')} in {_shelf().candidate(candidate.hash)}")
    print(f"sha256 {candidate.hash}")
    return 0


def run_clear(arguments: argparse.Namespace) -> int:
    """Enter a clearance, and say whether another one is needed."""
    paper_date, on = _days(arguments)
    existing_record()
    from waymark.actions.reviews import clear, lacks
    from waymark.queries.reviews.editions import candidate_named
    from waymark.records.actors import OPERATOR_VIEWER

    candidate = candidate_named(arguments.candidate, OPERATOR_VIEWER)
    clear(
        by=operator(),
        candidate=candidate,
        shelf=_shelf(),
        on=on,
        signed_by=_holding(arguments.person, arguments.post, paper_date),
        paper=_paper(arguments.paper, paper_date),
    )
    print(
        f"{arguments.person} cleared {candidate.code} on {on}, entered by the operator from a signed paper: "
        f"{arguments.paper}, {paper_date}."
    )
    print(_who_clears_next(lacks(candidate, on)))
    print_changes(candidate, OPERATOR_VIEWER)
    return 0


def _who_clears_next(lacking: "Lacks | None") -> str:
    if lacking is None:
        return "It can be published."
    if lacking.body:
        return f"A person who acts for {lacking.body}, which publishes it, must clear it too."
    return "Another person must clear it too."


def run_publish(arguments: argparse.Namespace) -> int:
    """Publish, and say where the edition and the record of its clearance lie."""
    paper_date, on = _days(arguments)
    existing_record()
    from waymark.actions.reviews import publish
    from waymark.queries.reviews.editions import candidate_named
    from waymark.records.actors import OPERATOR_VIEWER

    candidate, shelf = candidate_named(arguments.candidate, OPERATOR_VIEWER), _shelf()
    paper = _paper(arguments.paper, paper_date)
    edition = publish(by=operator(), candidate=candidate, shelf=shelf, on=on, paper=paper)
    print(f"Published {edition.code} on {on}: {counted(len(edition.files), 'file', 'files')}, sha256 {edition.hash}")
    print(f"Files: {shelf.edition(edition.hash)}")
    print(f"Record of clearance: {shelf.record(edition.hash)}")
    print_changes(candidate, OPERATOR_VIEWER)
    return 0


def run_withdraw(arguments: argparse.Namespace) -> int:
    """Withdraw an edition."""
    paper_date, on = _days(arguments)
    existing_record()
    from waymark.actions.reviews import withdraw_edition
    from waymark.queries.reviews.editions import edition_named
    from waymark.records.actors import OPERATOR_VIEWER

    edition = edition_named(arguments.edition, OPERATOR_VIEWER)
    paper = _paper(arguments.paper, paper_date)
    withdraw_edition(by=operator(), edition=edition, reason=arguments.reason, on=on, paper=paper)
    print(f"Withdrew {edition.code} on {on}: {arguments.reason}")
    print(f"Its files stay in {_shelf().edition(edition.hash)}.")
    return 0


def print_changes(candidate: "Candidate", viewer: "Viewer") -> None:
    """Say what was changed elsewhere since the files were made; nothing when nothing was."""
    from waymark.queries.reviews.since import changes_since

    changes, most = changes_since(candidate, viewer, data_folder("datasets")), 20
    if changes:
        print(f"Changed elsewhere since the files were made, and not in them ({len(changes)}):")
    for change in changes[:most]:
        print(f"  {change.noun} {change.code}: {', '.join(change.acts)}")
    if len(changes) > most:
        print(f"  and {len(changes) - most} more")


def _shelf() -> "Shelf":
    from django.conf import settings

    from waymark.engines.safekeeping.shelf import Shelf

    return Shelf(settings.DATA_DIR)


def _days(arguments: argparse.Namespace) -> tuple[date, date]:
    """The date of the paper, and the day of the act. Raises InputError for a paper of a day to come."""
    paper = given_day(arguments.paper_date, "--paper-date")
    on = given_day(arguments.on, "--on")
    if paper is None or paper > datetime.now(UTC).date():
        raise InputError(
            f"--paper-date {arguments.paper_date}",
            "the day is still to come",
            expected="the date of a paper that was signed",
            todo="Correct the date",
        )
    return paper, on or paper


def _paper(named: str, day: date) -> "Paper":
    from waymark.actions.facts import Paper
    from waymark.queries.named import document_named
    from waymark.records.actors import OPERATOR_VIEWER

    document = document_named(named, OPERATOR_VIEWER)
    return Paper(day, document=document, words="" if document else named)


def _holding(person: str, post: str, on: date) -> "PostHolding":
    from waymark.queries.named import holding_named
    from waymark.records.actors import OPERATOR_VIEWER

    found = holding_named(person, post, on, OPERATOR_VIEWER)
    if found is None:
        raise NotFoundError(
            f"--person {person} --post {post}",
            f"no person of this code held such a post on {on}",
            expected="the codes of a person and of a post that the person held when the paper was signed",
            todo="Correct the codes or the date",
        )
    return found
