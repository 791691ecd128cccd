"""The form of an indicator and the table of its values: what is read, and what is refused by name."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from waymark.engines.sheets import walled
from waymark.engines.sheets.figures import IndicatorForm, ValueRow, read_indicator, read_values
from waymark.gcm.errors import InputError
from waymark.gcm.files import catalogue_path

FORM = catalogue_path("demonstrations", "orvenia", "indicators", "guardians.yaml")

LEAST: dict[str, Any] = {
    "code": "qor-permits",
    "network": "qor-network",
    "title": {"en": "Permits", "ka": "ნებართვები"},
    "meaning": "Permits given in the year.",
    "unit": "number",
    "direction": "none",
    "producer": "min-labour",
    "objectives": [5],
}


def form(folder: Path, **changes: Any) -> Path:
    path = folder / "form.yaml"
    given = {name: value for name, value in {**LEAST, **changes}.items() if value is not None}
    path.write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    return path


def table(folder: Path, words: str) -> Path:
    path = folder / "values.csv"
    path.write_text(words, encoding="utf-8")
    return path


def test_the_form_of_the_demonstration_is_read_behind_the_wall_as_without() -> None:
    read = read_indicator(FORM)
    assert walled.indicator(FORM) == read
    assert (read.code, read.objectives, read.target, read.target_year) == (
        "qor-guardian-in-three-days",
        (7,),
        100,
        2026,
    )
    assert read.title == {"en": "Children who arrived alone and had a guardian within three days"}


def test_the_least_form_leaves_the_rest_empty(tmp_path: Path) -> None:
    read = read_indicator(form(tmp_path))
    assert read == IndicatorForm(**{**LEAST, "meaning": {"en": LEAST["meaning"]}, "objectives": (5,)})


@pytest.mark.parametrize(
    ("changes", "place", "problem", "expected"),
    [
        ({"colour": "red"}, "colour", "the field colour is not known", "fields code, network"),
        ({"unit": None}, "unit", "the field unit is empty", "one of percent, number"),
        ({"unit": "furlong"}, "unit", "unit is “furlong”", "one of percent, number"),
        ({"direction": "upward"}, "direction", "direction is “upward”", "one of up, down, parity, none"),
        ({"objectives": 5}, "objectives", "objectives is “5”", "a list of objectives"),
        ({"objectives": [24]}, "objectives", "objectives is “[24]”", "a list of objectives"),
        ({"objectives": [True]}, "objectives", "objectives is “[True]”", "a list of objectives"),
        ({"target": "many"}, "target", "target is “many”", "a number"),
        ({"target": float("inf")}, "target", "target is “.inf”", "a number"),
        ({"target_year": 20300}, "target_year", "target_year is “20300”", "a year such as 2030"),
        ({"outside_compact": "yes"}, "outside_compact", "outside_compact is “yes”", "true or false"),
        ({"title": ["Permits"]}, "title", "title is “['Permits']”", "a text, or texts by language"),
        ({"producer": 7}, "producer", "producer is “7”", "the code of the organisation"),
        ({"traits": ["loud"]}, "traits", "traits is “['loud']”", "a list of binary"),
        ({"mark": "sure"}, "mark", "mark is “sure”", "one of verified"),
        ({"classification": "secret"}, "classification", "classification is “secret”", "one of public"),
    ],
)
def test_a_wrong_field_is_named_with_what_was_given_and_what_is_expected(
    tmp_path: Path, changes: dict[str, Any], place: str, problem: str, expected: str
) -> None:
    path = form(tmp_path, **changes)
    with pytest.raises(InputError) as caught:
        read_indicator(path)
    refusal = caught.value
    assert (refusal.given, refusal.place, refusal.problem) == (str(path), place, problem)
    assert refusal.expected.startswith(expected)


def test_a_sign_that_cannot_be_seen_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"U\+202E"):
        read_indicator(form(tmp_path, meaning="Permits\u202e given"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"code: [", "this is not YAML"),
        (b"- one\n- two\n", "it holds “['one', 'two']”"),
        (b"", "it holds “None”"),
        (b"code: \xff", "the text is not UTF-8"),
        (b"# " + b"x" * 200_000, "it has 200,002 bytes; it was not read"),
        (
            b"!!python/object/apply:os.system [ls]",
            "the tag tag:yaml.org,2002:python/object/apply:os.system means nothing here",
        ),
    ],
)
def test_what_is_no_form_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "form.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_indicator(path)
    assert caught.value.problem == problem


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for read in (read_indicator, read_values):
        with pytest.raises(InputError, match="there is no such file"):
            read(tmp_path / "none.yaml")


VALUES = """indicator;period;value;reason;disaggregation;break_before;note
qor-permits;2023;12.5;;;;
qor-permits;2024;<5;;sex=female;yes;Few

qor-permits;2025;;not_yet_due;;no;
"""


def test_values_are_numbers_bounds_or_reasons(tmp_path: Path) -> None:
    path = table(tmp_path, VALUES)
    read = read_values(path)
    assert read == [
        ValueRow("line 2", "qor-permits", "2023", value=12.5),
        ValueRow(
            "line 3", "qor-permits", "2024", qualifier="<", bound=5, disaggregation="sex=female", break_before=True,
            note="Few",
        ),
        ValueRow("line 5", "qor-permits", "2025", reason="not_yet_due"),
    ]  # fmt: skip
    assert walled.values(path) == read


UNSEEN = ", where a value such as 12,5 would end unseen"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("indicator,period,value,colour\n", "the column colour is not known"),
        ("indicator,period,value,value\n", "a column stands there twice"),
        ("indicator,period\na,2024\n", "the column value is missing"),
        ("indicator,period,value\n", "it holds no value"),
        ("indicator,period,value,note\na,2024,12,5\n", f"the column note stands right after value{UNSEEN}"),
        ("indicator,period,value,page,reason\na,2024,12,5\n", f"the column page stands right after value{UNSEEN}"),
        ("period,value,address,indicator\n2024,12,5,a\n", f"the column address stands right after value{UNSEEN}"),
        ('indicator,period,value\na,2024,"12,5"\n', "the value is “12,5”"),
        ("indicator,period,value\na,2024,1_000\n", "the value is “1_000”"),
        ("indicator,period,value\na,2024,nan\n", "the value is “nan”"),
        ("indicator,period,value\n,2024,1\n", "the indicator is empty"),
        ("indicator,period,value,reason\na,2024,1,confidential\n", "it has a value and a reason why there is none"),
        ("indicator,period,value,reason\na,2024,,\n", "it has no value and no reason"),
        ("indicator,period,value,reason\na,2024,,lost\n", "the reason is “lost”"),
        ("indicator,period,value,break_before\na,2024,1,perhaps\n", "break_before is “perhaps”"),
        ("indicator,period,value\na,2024,12,5\n", "it has 4 cells, the head names 3 columns"),
        ("indicator;period;value\na;2024;12;;Few;\n", "it has 5 cells, the head names 3 columns"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, words: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read_values(table(tmp_path, words))
    assert caught.value.problem == problem


def test_a_cell_beyond_the_head_is_named_with_its_line_and_the_decimal_sign(tmp_path: Path) -> None:
    path = table(tmp_path, "indicator,period,value\na,2023,12.5,,\na,2024,12,5\n")
    with pytest.raises(InputError) as caught:
        read_values(path)
    assert (caught.value.given, caught.value.place) == (str(path), "line 3")
    assert caught.value.expected.endswith("a point as the decimal sign, such as 12.5")
    path.write_text("indicator;period;value\na;2023;12.5;;\n", encoding="utf-8")
    assert read_values(path) == [ValueRow("line 2", "a", "2023", value=12.5)]
