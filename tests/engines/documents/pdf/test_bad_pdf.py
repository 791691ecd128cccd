"""Bad PDF files: a refusal that names file and reason, or a document; bounded work on endless ones."""

import random
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.model import Flag, ParsedDocument
from waymark.engines.documents.parsers.pdf.reader import MOST_PAGES, parse_pdf
from waymark.gcm.errors import InputError


def test_a_file_with_a_password(written, draw):
    locked = written([draw.text(50, 100, "secret")], encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(InputError, match=r"a\.pdf: .*password"):
        parse_pdf(locked)


def test_a_file_that_may_be_read_but_not_changed(written, draw):
    path = written([draw.text(50, 100, "open to read")], encryption=pikepdf.Encryption(owner="o", user=""))
    assert [block.text for block in parse_pdf(path).blocks] == ["open to read"]


def test_a_file_without_pages(emptied):
    with pytest.raises(InputError, match=r"empty\.pdf: .*no pages"):
        parse_pdf(emptied)


def test_a_file_cut_short_and_one_that_is_no_pdf(written, draw, tmp_path):
    whole = written([draw.text(50, 100, "whole")]).read_bytes()
    for name, data in (("cut.pdf", whole[:200]), ("none.pdf", b"PK\x03\x04"), ("nothing.pdf", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=rf"{name}: .*damaged"):
            parse_pdf(tmp_path / name)


def test_title_parser_and_kind_are_told(written, draw):
    parsed = parse_pdf(written([draw.text(50, 100, "text")], title=" National   strategy "))
    assert (parsed.title, parsed.media_type, parsed.parser[:9]) == ("National strategy", "application/pdf", "pypdfium2")
    assert parsed.notes == ()


@pytest.mark.slow
def test_a_file_longer_than_the_limit_is_cut_and_says_so(tmp_path):
    pdf = pikepdf.new()
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 100, 100])
    for _ in range(MOST_PAGES + 5):
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary(page))))
    pdf.save(tmp_path / "long.pdf")
    parsed = parse_pdf(tmp_path / "long.pdf")
    assert len(parsed.pages) == MOST_PAGES
    assert [page.index for page in parsed.pages if page.flags] == [MOST_PAGES - 1]
    assert parsed.pages[-1].flags == (Flag.CUT,)
    assert parsed.notes == ("The file has 3,005 pages. The first 3,000 were read.",)


def test_an_empty_page_gives_no_block(written):
    parsed = parse_pdf(written(["", " "]))
    assert (parsed.blocks, [page.flags for page in parsed.pages]) == ((), [(), ()])


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(1, 30))
def test_changed_bytes_give_a_refusal_or_a_document(written, draw, tmp_path, chance: random.Random, changes):
    whole = bytearray(written([draw.text(50, 100, "Some text"), draw.wide(50, 90, "მიგრაცია")]).read_bytes())
    for _ in range(changes):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    path = tmp_path / "changed.pdf"
    path.write_bytes(bytes(whole))
    with suppress(InputError):
        assert isinstance(parse_pdf(path), ParsedDocument)


def test_the_same_file_gives_the_same_value(written, draw):
    path = written([draw.text(50, 100, "one"), draw.text(50, 100, "two")])
    assert parse_pdf(path) == parse_pdf(path)


def test_a_damaged_page_costs_itself_only(written, draw, tmp_path):
    path = written([draw.text(50, 100, f"Page {number}") for number in (1, 2, 3)])
    with pikepdf.open(path) as pdf:
        pdf.pages[1].obj.Type = pikepdf.Name.Catalog
        pdf.pages[1].obj.MediaBox = "none"
        pdf.Root.Pages.Kids[1] = pikepdf.Dictionary(Type=pikepdf.Name.Catalog)
        pdf.save(tmp_path / "damaged.pdf")
    parsed = parse_pdf(tmp_path / "damaged.pdf")
    assert [block.text for block in parsed.blocks] == ["Page 1", "Page 3"]
    assert parsed.notes == ("Damaged pages that could not be read: 2.",)
