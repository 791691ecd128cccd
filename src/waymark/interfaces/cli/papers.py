"""Makes a paper for a command: keeps the assessments it needs, reads the record, has the files made apart."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.interfaces.cli.folders import data_folder
from waymark.interfaces.cli.options import given_day
from waymark.interfaces.cli.output import check_folder, write_folder
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.papers.apart import Kind
    from waymark.queries.reviews.data import Scope


def paper_files(kind: "Kind", scope: "Scope", data: Path | None = None) -> dict[str, bytes]:
    """The files of a paper by name, from the statistics in the folder `data`. The record must be open."""
    from waymark.engines.indicators.keeping import keep
    from waymark.papers.apart import files_apart
    from waymark.queries.indicators.national import national_read
    from waymark.queries.reviews.data import days_of, review_data

    folder = data or data_folder()
    datasets, kept = folder / "datasets", folder / "assessments"
    typed = national_read(scope.place.code, scope.viewer).added()
    keep(scope.place.code, days_of(scope), datasets=datasets, kept=kept, added=typed)
    return files_apart(kind, review_data(scope, folder=datasets, kept=kept))


def write_paper(kind: "Kind", arguments: argparse.Namespace, shown: tuple[str, ...]) -> int:
    """Build the paper that the options ask for into `--out`, and say where the files `shown` lie."""
    started = time.monotonic()
    day = given_day(arguments.as_of)
    check_folder(arguments.out)
    ready_record()
    from waymark.papers.files import remarks_of
    from waymark.queries.reviews.data import review_scope

    scope = review_scope(
        arguments.place, arguments.cycle, as_of=day, audience=arguments.audience, language=arguments.lang
    )
    files = paper_files(kind, scope)
    write_folder(arguments.out, files)
    if kind != "sdg":
        what = f"Review of {scope.place.code} for {scope.cycle.code}"
    else:
        what = f"Paper on {scope.place.code} by {arguments.framework}"
    print(f"{what}, as of {scope.as_of}, made for {scope.audience}:")
    for name in shown:
        print(f"  {arguments.out / name}  {len(files[name]) / 1000:,.0f} kB")
    for remark in remarks_of(files["MANIFEST"]):
        print(f"  {remark}")
    print(f"  {len(files)} files in all, {time.monotonic() - started:.1f} s", file=sys.stderr)
    return 0
