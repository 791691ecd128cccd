"""OCR of flagged pages. A program with the manners of tesseract stands in for it: tesseract itself is optional."""

import stat
from pathlib import Path

import pytest

from waymark.engines.documents.model import Block, Flag, Page, ParsedDocument
from waymark.engines.documents.ocr import ocr_pages
from waymark.gcm.errors import InputError

PROGRAM = """#!/bin/sh
case "$1" in
--list-langs) printf 'List of available languages (2):\\neng\\nfra\\n' ;;
--version) printf 'tesseract 5.3.0\\n leptonica\\n' ;;
*) printf '%s\\n' "$*" >> {log}; head -c 8 > {head}; {answer} ;;
esac
"""
TEXT = "printf 'Scanned words of the coop-\\neration plan\\n\\nSecond para\\ngraph here\\n\\f'"


def pictures(path, indices):
    return [b"\x89PNG\r\n\x1a\n" + bytes([index]) for index in indices]


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """A maker of the program; it answers by a line of shell. Gives the file of its arguments."""

    def make(answer: str = TEXT) -> Path:
        log = tmp_path / "log"
        program = tmp_path / "tesseract"
        program.write_text(PROGRAM.format(log=log, head=tmp_path / "head", answer=answer), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return log

    return make


def document(*flags, text="Here is what the page gives."):
    blocks = (Block("paragraph", text, 0),) if text else ()
    return ParsedDocument("application/pdf", blocks, (Page(0, "i", flags), Page(1)), parser="pypdfium2 5")


def read(parsed, languages=()):
    return ocr_pages(parsed, Path("a.pdf"), languages, render=pictures)


def test_a_scan_gets_the_text_that_is_read(tesseract, tmp_path):
    log = tesseract()
    done = read(document(Flag.NO_TEXT, Flag.TABLE, text=""))
    assert [block.text for block in done.blocks] == ["Scanned words of the cooperation plan", "Second para graph here"]
    assert done.pages == (Page(0, "i", (Flag.OCR, Flag.TABLE)), Page(1))
    assert done.parser == "pypdfium2 5, tesseract 5.3.0"
    assert "-l eng+fra" in log.read_text(encoding="utf-8")
    assert (tmp_path / "head").read_bytes() == b"\x89PNG\r\n\x1a\n"


def test_garbled_text_is_replaced(tesseract):
    tesseract()
    assert [block.text[:7] for block in read(document(Flag.GARBLED)).blocks] == ["Scanned", "Second "]


def test_a_page_with_outlines_keeps_its_text_and_gets_the_lines_it_lacks(tesseract):
    tesseract("printf 'Here is what the page gives.\\nand what only shapes say\\n'")
    done = read(document(Flag.OUTLINES))
    assert [block.text for block in done.blocks] == ["Here is what the page gives.", "and what only shapes say"]
    assert done.pages[0].flags == (Flag.OCR, Flag.OUTLINES)
    tesseract("printf 'Here is what the page gives.\\n'")
    assert read(document(Flag.OUTLINES)).pages[0].flags == (Flag.OUTLINES,)


def test_pages_without_these_flags_are_not_read(tesseract):
    log = tesseract()
    parsed = document(Flag.TABLE, Flag.GLUED_WORDS)
    assert read(parsed) == parsed
    assert not log.exists()


def test_a_page_that_cannot_be_read_stays_and_is_named(tesseract):
    tesseract("exit 1")
    done = read(document(Flag.NO_TEXT))
    assert done.blocks[0].text == "Here is what the page gives."
    assert done.notes == ("OCR gave no text for these pages of the file: 1.",)


def test_an_empty_answer_changes_nothing(tesseract):
    tesseract("printf ' \\n\\n'")
    assert read(document(Flag.NO_TEXT)).pages[0].flags == (Flag.NO_TEXT,)


def test_languages_are_named_as_tesseract_names_them(tesseract):
    log = tesseract()
    read(document(Flag.NO_TEXT), ["fr-CA", "en"])
    assert "-l fra+eng" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "words"), [("ka", "tesseract-ocr-kat"), ("xx", "the one of that language")])
def test_a_language_that_is_not_installed(tesseract, language, words):
    tesseract()
    with pytest.raises(InputError, match=rf"language {language}.*one of en, fr.*{words}"):
        read(document(Flag.NO_TEXT), [language])


def test_without_tesseract_the_refusal_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"tesseract is not installed.*apt install tesseract-ocr"):
        read(document(Flag.NO_TEXT))
