"""Small sources written by the tests, and a store of their own."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from waymark.engines.indicators import ingest
from waymark.engines.indicators.store import Store

TIDY = "series,place,year,value,unit\nown:births,GEO,2015,100,number\nown:births,GEO,2016,101,number\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "datasets")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file and gives its path."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def zipped(write: Callable[[str, str | bytes], Path]) -> Callable[[str, Mapping[str, str | bytes]], Path]:
    """Writes a zip of members and gives its path."""

    def written(name: str, members: Mapping[str, str | bytes]) -> Path:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return write(name, buffer.getvalue())

    return written


@pytest.fixture
def workbook() -> Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]:
    """The bytes of a workbook with these sheets of rows."""

    def made(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return made


@pytest.fixture
def read() -> Callable[..., tuple[list[dict[str, Any]], list[dict[str, Any]], Any]]:
    """Checks a path: observations and rejects as rows, and the manifest; rows must add up."""

    def checked(path: Path, **options: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], Any]:
        report = ingest.check(path, **options)
        manifest = report.manifest
        assert manifest.rows_read == manifest.rows_stored + manifest.rows_rejected
        assert manifest.rows_rejected == report.checked.rejects.num_rows
        return report.checked.observations.to_pylist(), report.checked.rejects.to_pylist(), manifest

    return checked
