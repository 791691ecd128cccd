"""Statistics behind the wall: the same dataset as without it, and no table that its reader would not write."""

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from waymark.engines.files.walls.kinds import STATISTICS
from waymark.engines.files.walls.wall import Wall
from waymark.engines.indicators import ingest, walled
from waymark.engines.indicators.columns import read_columns, write_columns
from waymark.engines.indicators.schema import OBSERVATIONS, REJECTS
from waymark.engines.indicators.store import Store
from waymark.gcm.errors import InputError, OutputError

TIDY = "series,place,year,value\na,GEO,2015,1\na,GEO,2016,..\na,ARM,2015,<5\nb,GEO,2014,2\n"
DDF = "geo_area,nature,units,year,si_pov_day1\n268,c,percent,2010,12.1\n268,c,percent,2011,11\n"


def files(store: Store) -> dict[str, bytes]:
    return {
        path.relative_to(store.root).as_posix(): path.read_bytes()
        for path in store.root.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def table() -> bytes:
    """A Parquet file in our own layout."""
    rows = pa.table({"series": ["a", "a"], "place": ["GEO", "ARM"], "year": ["2015", "2016"], "value": ["1", "x"]})
    out = io.BytesIO()
    pa.parquet.write_table(rows, out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "gz", "zip", "xlsx", "parquet", "folder", "link", "gz folder", "gz zip"])
def test_a_dataset_is_the_one_without_walls(tmp_path, write, zipped, workbook, kind):
    sheet = workbook({"A": [line.split(",") for line in TIDY.splitlines()]})
    made = {
        "csv": lambda: write("Births (2).csv", TIDY),
        "gz": lambda: write("a.csv.gz", gzip.compress(TIDY.encode(), mtime=0)),
        "zip": lambda: zipped("a.zip", {"b/a.csv": TIDY, "c.csv": TIDY.replace("a,", "c,"), "no.txt": "words"}),
        "xlsx": lambda: write("a.xlsx", sheet),
        "parquet": lambda: write("a.parquet", table()),
        "folder": lambda: write("ddf/ddf--datapoints--si_pov_day1.csv", DDF).parent,
        "link": lambda: write("a.csv", TIDY),
        "gz folder": lambda: write("many/a.csv.gz", gzip.compress(TIDY.encode(), mtime=0)).parent,
        "gz zip": lambda: zipped("b.zip", {"a.csv.gz": gzip.compress(TIDY.encode(), mtime=0), "no.txt": "words"}),
    }
    path = made[kind]()
    if kind == "link":
        other = tmp_path / "elsewhere.csv"
        other.symlink_to(path)
        path = other
    bare, behind = Store(tmp_path / "bare"), Store(tmp_path / "walled")
    seen: list[tuple[int, ...]] = []
    told: list[tuple[int, ...]] = []
    first = ingest.add(path, store=bare, publisher="Office", progress=lambda *state: seen.append(state))
    second = walled.add(path, store=behind, publisher="Office", progress=lambda *state: told.append(state))
    assert first == second
    assert files(bare) == files(behind)
    assert seen == told
    assert walled.add(path, store=behind).already


def test_a_refusal_is_the_one_without_walls(write):
    for path in (
        write("a.csv", "series,place,year,value\na,Atlantis,2015,1\n"),
        write("b.csv", "one,two\n1,2\n"),
        write("c.zip", b"PK\x03\x04 cut"),
        write("d.csv", "series;place;year;value\na;GEO;2015;\xe9\n".encode("latin-1")),
    ):
        with pytest.raises(InputError) as bare:
            ingest.check(path)
        with pytest.raises(InputError) as behind:
            walled.check(path)
        assert str(behind.value) == str(bare.value)


LIMITED = """
import resource, sys
from pathlib import Path
from waymark.engines.indicators import walled

for kind, most in ((resource.RLIMIT_CPU, 100), (resource.RLIMIT_FSIZE, 10**8), (resource.RLIMIT_AS, 2**36)):
    resource.setrlimit(kind, (most, most))
print(walled.check(Path(sys.argv[1])).manifest.rows_stored)
"""


def test_limits_that_the_command_has_already_stay(write):
    """A service, or a shell with ulimit, may have lower limits than the wall would set."""
    words = [sys.executable, "-c", LIMITED, str(write("a.csv", TIDY))]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "3\n"


def test_a_path_where_nothing_is(tmp_path):
    with pytest.raises(InputError, match="There is no such file"):
        walled.check(tmp_path / "gone.csv")


def test_ctrl_c_while_reading_leaves_the_store(tmp_path, write):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    store = Store(tmp_path / "store")
    with pytest.raises(KeyboardInterrupt):
        walled.add(write("a.csv", TIDY), store=store, progress=interrupt)
    assert files(store) == {}
    assert walled.add(write("a.csv", TIDY), store=store).rows_stored == 3


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("abort", "made its reader crash"),
        ("leave", "ended without a result"),
        ("write /nowhere", "try to write a file"),
        ("put 0 ", "out of order"),
    ],
)
def test_a_reader_that_breaks_leaves_the_store(
    acting: Callable[..., Wall], monkeypatch, tmp_path, write, act: str, words: str
):
    monkeypatch.setattr(walled, "shared", acting)
    store = Store(tmp_path / "store")
    with pytest.raises(InputError, match=words) as caught:
        walled.add(write("figures.csv", act), store=store)
    assert caught.value.given == "figures.csv"
    assert caught.value.todo
    assert files(store) == {}


def test_a_full_disk_while_reading(acting: Callable[..., Wall], monkeypatch, tmp_path, write):
    monkeypatch.setattr(walled, "shared", acting)
    with pytest.raises(OutputError, match="nothing was stored"):
        walled.add(write("a.csv", "full_disk"), store=Store(tmp_path / "store"))


# A result that lies. The acts write it as the real job does: lines, then the buffers of both tables.


class Lie:
    """What a reader sends, to be changed in one place; `sent` takes it as the parent does."""

    def __init__(self, write: Callable[..., Path]) -> None:
        checked = ingest.check(write("true.csv", TIDY), dataset="true").checked
        self.tables = [checked.observations, checked.rejects]
        self.counts = [checked.rows_read, checked.rows_stored]
        self.publisher = "unsd"
        self.name = "true.csv"
        self.dataset = "true"

    def change(self, column: str, value: object, at: int = 0) -> None:
        """Put a value into the first row of a column."""
        held = self.tables[at]
        place = held.schema.get_field_index(column)
        kind = (OBSERVATIONS, REJECTS)[at].field(column).type
        values = pa.array([value, *held.column(column).to_pylist()[1:]], kind)
        self.tables[at] = held.set_column(place, column, values)

    def sent(self, acting: Callable[..., Wall], path: Path, cut: int = 0, more: bytes = b"") -> None:
        told: list[object] = [["read", *self.counts, {}], ["used", "tidy-csv", "1"], ["publisher", self.publisher]]
        buffers = []
        for held in self.tables:
            out = io.BytesIO()
            told.append(["table", held.num_rows, write_columns(held, out)])
            buffers.append(out.getvalue()[: -cut or None] + more)
        lines = "\n".join(map(json.dumps, [*told, ["end", 2]])) + "\n"
        path.write_bytes(b"send_all " + json.dumps([lines, [each.hex() for each in buffers]]).encode())
        walled.read(path, name=self.name, dataset=self.dataset, wall=acting(STATISTICS))


@pytest.fixture
def lie(write) -> Lie:
    return Lie(write)


def test_the_truth_is_taken(lie: Lie, acting: Callable[..., Wall], tmp_path):
    lie.sent(acting, tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("column", "value", "at", "words"),
    [
        ("dataset", "another", 0, "dataset is another"),
        ("place_kind", "planet", 0, "place_kind is planet"),
        ("qualifier", "~", 0, "qualifier is ~"),
        ("year", -5, 0, "year lies outside"),
        ("row", -1, 0, "row lies outside"),
        ("value", float("nan"), 0, "a number without an end"),
        ("bound", float("inf"), 0, "a number without an end"),
        ("unit", None, 0, "an empty cell in unit"),
        ("detail", "a\0b", 0, "zero byte"),
        ("detail", "x" * 100_001, 0, "a text without an end"),
        ("reason", "because", 1, "an unknown reason because"),
        ("file", "other.csv", 1, "file is other.csv"),
    ],
)
def test_a_cell_that_no_reader_writes(lie: Lie, acting: Callable[..., Wall], tmp_path, column, value, at, words):
    lie.change(column, value, at)
    with pytest.raises(InputError, match=words):
        lie.sent(acting, tmp_path / "a.csv")


def test_a_publisher_that_the_catalogue_does_not_know_is_not_believed(lie: Lie, acting: Callable[..., Wall], tmp_path):
    lie.publisher = "Somebody"
    with pytest.raises(InputError, match="unknown publisher Somebody"):
        lie.sent(acting, tmp_path / "a.csv")


def test_counts_that_do_not_add_up(lie: Lie, acting: Callable[..., Wall], tmp_path):
    lie.counts[0] += 1
    with pytest.raises(InputError, match="do not add up"):
        lie.sent(acting, tmp_path / "a.csv")


def test_another_schema_and_a_cut_file(lie: Lie, acting: Callable[..., Wall], tmp_path):
    with pytest.raises(InputError, match="a part is longer than the file"):
        lie.sent(acting, tmp_path / "a.csv", cut=64)
    with pytest.raises(InputError, match="the file is longer than its parts"):
        lie.sent(acting, tmp_path / "a.csv", more=b"more")
    lie.tables[0] = lie.tables[0].drop_columns(["unit"])
    with pytest.raises(InputError, match="another number of columns"):
        lie.sent(acting, tmp_path / "a.csv")
    lie.tables = [lie.tables[1], lie.tables[0]]
    with pytest.raises(InputError, match="no table of figures"):
        lie.sent(acting, tmp_path / "a.csv")


SCHEMA = pa.schema([pa.field("text", pa.string(), nullable=False), pa.field("number", pa.int32())])


def test_columns_come_back_as_they_were(tmp_path):
    texts = pa.array(["a", "მ", "", "a"])
    for column in (texts, texts.dictionary_encode()):
        held = pa.table([column, pa.array([1, None, 3, 4], pa.int32())], names=SCHEMA.names)
        for part in (held, held.slice(1, 2), held.slice(0, 0)):
            with (tmp_path / "file").open("w+b") as file:
                lengths = write_columns(part, file)
                file.flush()
                assert read_columns(file, part.num_rows, lengths, SCHEMA).to_pylist() == part.to_pylist()


@pytest.mark.parametrize(
    ("rows", "texts", "data"),
    [
        (2, [-1, -1, 12, 2], b"\0\0\0\0\x01\0\0\0\xff\0\0\0"),  # a position beyond the end
        (2, [-1, -1, 12, 2], b"\x01\0\0\0\0\0\0\0\x02\0\0\0"),  # positions that go back
        (3, [-1, -1, 12, 2], b"\0\0\0\0\x01\0\0\0\x02\0\0\0"),  # fewer positions than rows
        (2, [1, -1, 8, -1, 8, 2], b"\0\0\0\0\x05\0\0\0"),  # a code that the dictionary does not have
        (2, [1, -1, 8, -1, 8, 9999], b"\0\0\0\0\0\0\0\0"),  # a part longer than the file
        (2, [-1, -1], b""),  # a part left out
        (2, [0, -1, 8], b"\0" * 8),
    ],
)
def test_buffers_that_lie(tmp_path, rows, texts, data):
    with (tmp_path / "file").open("w+b") as file:
        file.write(data.ljust(64, b"\0") + b"ab".ljust(64, b"\0") + b"ab".ljust(64, b"\0") + b"\x01\0\0\0" * rows)
        file.flush()
        with pytest.raises((ValueError, TypeError, pa.ArrowException)):  # each has words of its own
            read_columns(file, rows, [texts, [-1, -1, 4 * rows]], SCHEMA)


def test_a_text_that_is_not_utf_8(tmp_path):
    with (tmp_path / "file").open("w+b") as file:
        file.write(b"\0\0\0\0\x01\0\0\0\x02\0\0\0".ljust(64, b"\0") + b"\xff\xfe".ljust(64, b"\0") + b"\x01\0\0\0" * 16)
        file.flush()
        with pytest.raises(pa.ArrowInvalid, match="UTF"):
            read_columns(file, 2, [[-1, -1, 12, 2], [-1, -1, 64]], SCHEMA)
