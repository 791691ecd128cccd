"""A fresh process that reads the record of the demonstrations, as pages do, loads no library of statistics."""

import os
import subprocess
import sys

from tests.house.test_light import HEAVY
from tests.journeys.conftest import REPOSITORY, Demonstrations

READS = """
import sys
from waymark.interfaces.cli.record import open_record
open_record()
from datetime import date
from waymark.interfaces.cli.folders import data_folder
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.documents.listing import documents, passages
from waymark.queries.networks.reading import networks_of
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.search.asking import search, search_folder
from waymark.queries.sources.reading import SourceBook
from waymark.records.viewers import PUBLIC
day = date(2026, 5, 8)
book = organisations_on(day, PUBLIC, "en")
given = {"viewer": PUBLIC, "day": day, "language": "en", "organisations": book}
print(len(commitments_of("QOR", **given)))
print(len(networks_of("QOR", sources=SourceBook(), **given)))
print(len(documents(PUBLIC, place="QOR")))
print(len(passages(PUBLIC, objective="20")))
print(search(text="remittances", viewer=PUBLIC, folder=search_folder()).total)
review = review_data(review_scope("QOR", "imrf-2026"), folder=data_folder("datasets"), kept=data_folder("assessments"))
print(len(review.statistics))
print(*sorted(set(%r) & set(sys.modules)))
"""


def test_the_reads_of_pages_load_no_library_of_statistics(own: Demonstrations) -> None:
    assert own.waymark("search", "remittances").returncode == 0  # the index is made
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"WAYMARK_DATA": str(own.data), "DJANGO_SETTINGS_MODULE": "waymark.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", READS % (HEAVY,)],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    *counted, heavy = done.stdout.split("\n")[:-1]
    assert all(int(number) > 0 for number in counted), done.stdout
    assert len(counted) == 6
    assert heavy == ""
