"""Readers: each layout is told by content, and other packages can add one."""

import sys

import pytest

from waymark.engines.indicators.readers import readers

PACKAGE = """
from waymark.engines.indicators.readers.layout import Layout
from waymark.engines.indicators.rows import Rows


class Reader(Layout):
    name, version, title, layout = "haiku", "1", "Haiku", "three lines"

    def recognise(self, table):
        return 0 if table.head[:1] == [["haiku"]] else None

    def read(self, table, header, context):
        for block in table.blocks(header, labels=[], values=[0]):
            yield Rows(series="own:haiku", place="QOR", scheme="any", period="2020", value=block.columns[0],
                       row=block.rows, member=table.member, column="haiku", unit="number")
"""


@pytest.fixture
def another_package(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    (folder / "haiku_reader-1.dist-info").mkdir(parents=True)
    (folder / "haiku_reader-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: haiku-reader\nVersion: 1\n"
    )
    (folder / "haiku_reader-1.dist-info" / "entry_points.txt").write_text(
        "[waymark.readers]\nhaiku = haiku_reader:Reader\n"
    )
    (folder / "haiku_reader.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(str(folder))
    readers.cache_clear()
    yield
    readers.cache_clear()
    sys.modules.pop("haiku_reader", None)


def test_a_reader_of_another_package_is_used(another_package, write, read):
    observations, _, manifest = read(write("a.csv", "haiku\n17\n"))
    assert manifest.reader == "haiku"
    assert observations[0]["value"] == 17


def test_readers_say_what_they_are():
    found = readers()
    assert len({reader.name for reader in found}) == len(found)
    assert all(reader.version and reader.title and reader.layout for reader in found)
