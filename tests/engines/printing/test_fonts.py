import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pymupdf_fonts
import pytest
import typst

from tests.engines.printing.samples import chart, empty, holding, one, rich, right_to_left
from waymark.engines.printing import fonts, measure_fonts
from waymark.engines.printing.blocks import Figure, Run
from waymark.engines.printing.font_coverage import RANGES
from waymark.engines.printing.fonts import (
    MissingScript,
    language_name,
    print_text,
    refused_of,
    script_name,
    told,
    unescaped,
    unsupported_scripts,
)


def test_reports_in_printed_scripts_lack_nothing() -> None:
    assert unsupported_scripts(rich()) == []
    assert unsupported_scripts(right_to_left()) == []


def test_missing_scripts_are_told_with_language_and_examples() -> None:
    paper = holding(Run("አዲስ", lang="am"), Run("中 ok", lang="zh-Hans"), Run("カ"), Run("한", lang="ko"))
    found = unsupported_scripts(paper)
    assert found == [
        MissingScript("Ethiopic", "Amharic", "ስአዲ"),
        MissingScript("Han (Chinese, Japanese, Korean)", "Chinese (Simplified)", "中"),
        MissingScript("Hangul (Korean)", "Korean", "한"),
        MissingScript("Katakana (Japanese)", "English", "カ"),
    ]
    assert told(found).startswith("The fonts of this PDF do not hold Ethiopic, Han (Chinese, Japanese, Korean), ")
    assert "such as [U+1235]" in told(found)
    assert told([]) == ""


def test_words_of_the_frame_and_of_charts_are_asked_too() -> None:
    paper = replace(empty(), title="አ", marking="中", labels={"page": "한"})
    figure = Figure(chart(300, 200, "ア"), "alt", one("c"), "f")
    scripts = [item.script.split()[0] for item in unsupported_scripts(replace(paper, blocks=(figure,)))]
    assert scripts == ["Ethiopic", "Han", "Hangul", "Katakana"]


def test_a_sign_without_a_glyph_is_printed_as_its_code_point() -> None:
    assert print_text("a 中 🙂 b\x00") == "a [U+4E2D] [U+1F642] b"


def test_scripts_of_the_first_users_are_printed() -> None:
    words = "Español Русский العربية ქართული Հայերեն עברית ภาษาไทย हिन्दी Tiếng Việt ✕ ◐ ● ○"
    assert print_text(words) == words


def test_a_folder_of_more_fonts_is_asked(tmp_path: Path) -> None:
    """In a process of its own, as fonts are read once: a sign of music, without and with a font that holds it."""
    code = (
        "from waymark.engines.printing.fonts import lacking, print_text; "
        "from waymark.engines.printing.typefaces import faces; "
        "lacking({chr(0x1d11e), chr(0x4e2d)}); "
        "print([face.name for face in faces()][-1], ascii(print_text(chr(0x1d11e) + chr(0x4e2d))))"
    )
    (tmp_path / "notes.txt").write_text("no font")
    for name, printed in (("", "Regular '[U+1D11E][U+4E2D]'"), ("More", "More '\\U0001d11e[U+4E2D]'")):
        if name:
            (tmp_path / f"{name}.otf").write_bytes(pymupdf_fonts.fontbuffers["music"]())
        said = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "WAYMARK_FONTS": str(tmp_path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert said.stdout.strip().endswith(printed)


def test_a_sign_is_named_by_its_own_name() -> None:
    assert script_name("🙂") == "the sign slightly smiling face"
    assert script_name("\U000e0001") == "the sign language tag"
    assert "u+f8ff" in script_name("\uf8ff").lower()


@pytest.mark.parametrize(
    ("tag", "name"), [("ka", "Georgian"), ("pt-BR", "Portuguese (Brazil)"), ("x", "x"), ("qqq", "qqq")]
)
def test_languages_are_named_in_english(tag: str, name: str) -> None:
    assert language_name(tag) == name


def test_the_measured_table_agrees_with_the_compiler() -> None:
    """A sample of every hundredth candidate, and the whole of the scripts that reports use."""
    table = {character for part in RANGES.split() for character in stretch(part)}
    sample = [character for place, character in enumerate(measure_fonts.candidates()) if place % 100 == 0]
    sample += [
        chr(code) for code in (*range(0x10D0, 0x1100), *range(0x620, 0x650), *range(0x410, 0x450), *range(0xC0, 0x180))
    ]
    assigned = [character for character in dict.fromkeys(sample) if unicodedata.category(character) != "Cn"]
    missing = refused_of(assigned)
    assert {character for character in assigned if character not in table} == missing
    assert missing


def stretch(part: str) -> list[str]:
    first, _, last = part.partition("-")
    return [chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)]


def test_ranges_join_neighbours() -> None:
    assert measure_fonts.ranges("abdfg") == [(97, 98), (100, 100), (102, 103)]
    assert list(measure_fonts.batches(iter("abcde"), 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert unescaped(r"a\u{301}\"") == 'a\u0301"'


def test_only_missing_characters_are_refused() -> None:
    assert refused_of("abc") == set()
    assert refused_of("a中") == {"中"}


def test_another_failure_of_the_compiler_is_not_taken_for_missing_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "SOURCE", b"#panic()")
    with pytest.raises(typst.TypstError):
        refused_of("a")


def test_the_table_is_written_as_it_was_measured(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_fonts, "candidates", lambda: iter("aአbc中"))
    path = tmp_path / "coverage.py"
    assert measure_fonts.write(path) == 1
    assert "\n61-63\n" in path.read_text("utf-8")
