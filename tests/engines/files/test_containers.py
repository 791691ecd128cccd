"""Containers are refused from their directory, before anything in them is expanded."""

import io
import resource
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from waymark.engines.files import containers
from waymark.engines.files.containers import (
    check_end,
    check_members,
    member_names,
    ole_names,
    package,
    parse_xml,
    refuse_document_type,
)
from waymark.gcm.errors import InputError


def opened(path: Path) -> frozenset[str]:
    with package(path) as found:
        return found.names


def overlapping(count: int, kernel: bytes) -> bytes:
    """Many directory entries that all point at one local header, as in the well-known better bombs."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(kernel) + packer.flush()
    crc = zlib.crc32(kernel)
    fields = (20, 0, 8, 0, 33, crc, len(data), len(kernel), 5, 0)
    body = struct.pack("<IHHHHHIIIHH", 0x04034B50, *fields) + b"a.xml" + data
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, *fields, 0, 0, 0, 0, 0) + b"a.xml"
    directory = entry * count
    return body + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)


def test_a_whole_container_opens(zip_of: Callable[..., Path]) -> None:
    assert opened(zip_of("a.zip", {"a": "1", "b/c": "2"})) == {"a", "b/c"}


def test_a_missing_part_is_empty(zip_of: Callable[..., Path]) -> None:
    with package(zip_of("a.zip", {"a": "1"})) as found:
        assert found.read("b") == b""
        assert found.xml("b") is None
        assert found.read("a") == b"1"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"/etc/passwd": "x"}, "points outside"),
        ({"../../x": "x"}, "points outside"),
        ({"a\\..\\x": "x"}, "points outside"),
        ({"a.xml": b"\0" * 5_000_000}, "would grow"),
    ],
)
def test_bad_members_are_refused(zip_of: Callable[..., Path], members: dict[str, bytes], words: str) -> None:
    with pytest.raises(InputError, match=words):
        opened(zip_of("a.zip", members))


def test_a_small_repetitive_part_is_fine(zip_of: Callable[..., Path]) -> None:
    assert opened(zip_of("a.zip", {"a.xml": b"\0" * 900_000})) == {"a.xml"}


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(overlapping(2, b"x" * 1000))
    with pytest.raises(InputError, match="lies over another one"):
        opened(path)


def test_one_member_of_that_form_is_no_overlap(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(overlapping(1, b"x" * 1000))
    assert opened(path) == {"a.xml"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"file_size": 257 * 2**20, "compress_size": 250 * 2**20}, "would grow to 257 MB"),
        ({"flag_bits": 1}, "password"),
        ({"flag_bits": 64}, "password"),
        ({"compress_type": zipfile.ZIP_LZMA}, "packed in a way"),
    ],
)
def test_what_a_member_says_of_itself_is_checked(change: dict[str, int], words: str) -> None:
    member = zipfile.ZipInfo("a.xml")
    member.header_offset = 0
    for name, value in change.items():
        setattr(member, name, value)
    with pytest.raises(InputError, match=words):
        check_members([member])


def test_the_sum_of_all_members_is_bounded() -> None:
    members = []
    for number in range(5):
        member = zipfile.ZipInfo(f"{number}.xml")
        member.header_offset = number * 2**30
        member.file_size = member.compress_size = 250 * 2**20
        members.append(member)
    check_members(members[:4])
    with pytest.raises(InputError, match="would grow to 1,250 MB"):
        check_members(members)


def end_record(members: int, directory: int, offset: int) -> bytes:
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, members, members, directory, offset, 0)


def end_64(members: int, directory: int) -> bytes:
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, members, members, directory, 0)
    return record + struct.pack("<IIQI", 0x07064B50, 0, 0, 1)


def test_a_small_file_in_the_large_form_is_read(tmp_path: Path) -> None:
    """Some programs write every file in the form for large ones (ZIP64)."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    data = held.getvalue()
    size, offset = struct.unpack("<II", data[-10:-2])
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1, 1, size, offset)
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(data) - 22, 1)
    path = tmp_path / "a.docx"
    path.write_bytes(data[:-22] + record + locator + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF))
    assert opened(path) == {"a.xml"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + b"x" * 100, "cut off"),
        (end_record(10_001, 100, 0), "10,001 members"),
        (end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF), "is missing"),
        (end_64(3_000_000, 10**9) + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF), "3,000,000 members"),
        (end_record(5, 5 * 2**20, 0), "members"),
        (end_record(5, 500, 0), "does not fit"),
    ],
)
def test_the_end_is_looked_at_first(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        check_end(io.BytesIO(data))


def test_a_damaged_member_says_which(zip_of: Callable[..., Path]) -> None:
    path = zip_of("a.zip", {"a.xml": bytes(range(256)) * 20})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with package(path) as found, pytest.raises(InputError, match=r"part 'a\.xml' is damaged"):
        found.read("a.xml")


def test_bombs_are_refused_small(tmp_path: Path) -> None:
    """Nested like 42.zip, overlapping, and plain: refused from their lists of members, in under 50 MB."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.dll", b"\0" * 40_000_000)
    nested = tmp_path / "nested.zip"
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"lib {number}.zip", inner.getvalue())
    plain = tmp_path / "plain.docx"
    plain.write_bytes(inner.getvalue())
    over = tmp_path / "over.xlsx"
    over.write_bytes(overlapping(9_000, b"\0" * 10_000_000))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in (plain, over):
        with path.open("rb") as stream, pytest.raises(InputError, match="was not opened"):
            member_names(stream, b"PK\x03\x04")
    with nested.open("rb") as stream:
        assert len(member_names(stream, b"PK\x03\x04")) == 16
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < 50_000


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        b'<!-- a comment --><!DOCTYPE a [<!ENTITY x "y">]><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16"),
        '<!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16-be"),
        b"<!-- " + b"x" * 70_000 + b"--><!DOCTYPE a><a/>",
    ],
)
def test_a_document_type_is_refused(xml: bytes) -> None:
    with pytest.raises(InputError, match="declares a document type"):
        parse_xml(xml, "word/document.xml")


def test_xml_that_is_not_whole_is_refused() -> None:
    with pytest.raises(InputError, match="not whole XML"):
        parse_xml(b"<a><b></a>")
    assert parse_xml("<a>ï</a>".encode()).text == "ï"
    refuse_document_type(b"<a>&lt;!DOCTYPE in the text</a>")


def test_deep_xml_is_refused() -> None:
    with pytest.raises(InputError, match="not whole XML"):
        parse_xml(b"<a>" * 5000 + b"</a>" * 5000)


def test_members_are_read_only_when_there_is_a_container() -> None:
    assert member_names(io.BytesIO(b"%PDF-1.7"), b"%PDF-1.7") == frozenset()


def ole(*streams: str, sectors: int = 1) -> bytes:
    """The header and directory of an OLE file with these streams."""
    header = bytearray(512)
    header[:8] = containers.OLE
    header[30:32] = struct.pack("<H", 9)
    header[48:52] = struct.pack("<I", 0)
    entries = b""
    for name in ("Root Entry", *streams):
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, 2) + b"\0" * 61
    return bytes(header) + entries.ljust(512 * sectors, b"\0")


def test_the_streams_of_an_old_file_are_named() -> None:
    assert ole_names(io.BytesIO(ole("EncryptedPackage", "EncryptionInfo"))) == {
        "Root Entry",
        "EncryptedPackage",
        "EncryptionInfo",
    }
    with pytest.raises(InputError, match="cut off"):
        ole_names(io.BytesIO(containers.OLE))
    broken = bytearray(ole("a"))
    broken[30] = 77
    with pytest.raises(InputError, match="sector size"):
        ole_names(io.BytesIO(bytes(broken)))


def test_a_member_whose_own_name_is_broken_is_refused(tmp_path: Path) -> None:
    """The soak found it: the name before the member is no UTF-8 although the file says so."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("é.xml", "<a/>")
    content = bytearray(path.read_bytes())
    at = content.find("é.xml".encode())
    content[at : at + 2] = b"\xc6\x20"
    path.write_bytes(bytes(content))
    with package(path) as found, pytest.raises(InputError):
        found.read("é.xml")
