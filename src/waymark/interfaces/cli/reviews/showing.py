"""`waymark reviews show`: what of a review waits, was published or withdrawn."""

import argparse

from waymark.interfaces.cli.options import add_audience, viewer_named
from waymark.interfaces.cli.record import existing_record
from waymark.interfaces.cli.reviews.clearance import print_changes


def configure(show: argparse.ArgumentParser) -> None:
    """The options of `waymark reviews show`."""
    show.add_argument("review", metavar="REVIEW", help="code of a review on record, such as QOR-imrf-2026")
    add_audience(show)


def run_show(arguments: argparse.Namespace) -> int:
    """Print the candidates and editions of a review, with who cleared them."""
    existing_record()
    from waymark.queries.reviews.editions import candidate_named, candidates_of, editions_of, review_named

    viewer = viewer_named(arguments.audience)
    review = review_named(arguments.review, viewer)
    print(f"{review.code}: {review.get_state_display()}")
    for edition in editions_of(review, viewer):
        replaced = f", replaces {edition.replaces}" if edition.replaces else ""
        print(f"edition {edition.code}, published on {edition.published_on}{replaced}, sha256 {edition.hash}")
        if edition.withdrawn_on:
            print(f"  withdrawn on {edition.withdrawn_on}: {edition.withdrawn_for}")
    for candidate in candidates_of(review, viewer):
        void = f": {candidate.void_reason}" if candidate.void_reason else ""
        print(f"candidate {candidate.code}, {candidate.state}{void}, sha256 {candidate.hash}")
        for given in candidate.clearances:
            paper = f", entered by the operator from a signed paper: {given.paper}" if given.paper else ""
            print(f"  cleared on {given.on} by {given.person} ({given.post}){paper}")
        if candidate.waits:
            print_changes(candidate_named(candidate.code, viewer), viewer)
    return 0
