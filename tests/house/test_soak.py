"""What `make soak` spoils: each reader of what people send is among it, and starts from files that it reads."""

import random
from pathlib import Path

import pytest

from bench.inputs import TAKINGS
from bench.soak import READINGS
from bench.soak_sheets import SEEDS
from bench.spoiling import SPOILED
from bench.writing import WRITINGS
from waymark.engines.documents.parsers import registry
from waymark.engines.files.walls.wall import shared
from waymark.engines.sheets.job import READERS


def test_every_reader_is_soaked() -> None:
    assert READINGS.keys() == {*registry()} - {"pdf-ocr"} | READERS.keys() | {"statistics"}
    fed = {id(taking.seeds) for taking in TAKINGS}
    alone = {noun for noun in SEEDS if id(SEEDS[noun]) not in fed}
    assert alone == {"clearance"}, "no command takes it; it is read beside a review.json"
    assert {taking.name for taking in TAKINGS} <= {writing.name for writing in WRITINGS}


@pytest.mark.parametrize("noun", SEEDS)
def test_what_is_spoiled_is_read_when_it_is_whole(noun: str, tmp_path: Path) -> None:
    reading = READINGS[noun]
    for number, (ending, content) in enumerate(SEEDS[noun]):
        path = tmp_path / f"{number}{ending}"
        path.write_bytes(content)
        reading.read(path, shared(reading.kind))


@pytest.mark.parametrize("ending", sorted(SPOILED.keys() - {".xlsx"}))  # a workbook tells when it was written
def test_the_same_seed_spoils_alike_and_seldom_nothing(ending: str) -> None:
    seed = next(content for seeds in SEEDS.values() for kind, content in seeds if kind == ending)
    first, second = (
        [SPOILED[ending](seed, pick) for _ in range(30)] for pick in (random.Random("a"), random.Random("a"))
    )
    assert first == second
    assert sum(each != seed for each in first) > 25
