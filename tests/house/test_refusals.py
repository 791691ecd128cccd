"""Acts and records refuse with codes of the catalogue: each is used, its slots are filled, none speaks of a door."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from docs.translations import labels, template
from tests.house.sources import all_calls, called, trees
from waymark.gcm.errors import InputError, NotFoundError, OutputError, RefusedError
from waymark.gcm.nouns import FINDABLE, NOUNS
from waymark.gcm.refusals import REFUSALS
from waymark.gcm.sentences import Given, Plural, Wording
from waymark.gcm.translations import LOCALE
from waymark.gcm.wording import CATALOGUE, SLOT, slots_of
from waymark.interfaces.cli.advice import ADVICE, printed

FLOORS_BELOW_THE_DOORS = ("actions", "queries", "records")

RAISERS = {
    "RefusedError": (0, ()),
    "InputError.coded": (0, ()),
    "NotFoundError.coded": (0, ()),
    "cls.coded": (0, ()),
    "phrase": (0, ()),
    "Phrase": (0, ()),
    "check_own_organisation": (2, ("organisation",)),
}
"""What takes a code: at which place, and the slots that it fills itself."""

CHOSEN = {
    "records/rules.py": 4,  # the name of the constraint that was broken, the words of a trigger
    "records/permissions.py": 1,  # `check_own_organisation` hands on the code it was given
    "actions/reports/rules.py": 1,  # one of three, by voice
    "gcm/errors.py": 1,
    "gcm/wording.py": 1,
    "queries/history/names.py": 1,  # the lines of a history
}
"""Files where a code is not written at the raise itself, and how often."""

VALUES_OF_A_FILE = ("str(path)", "str(asked.path)", "str(place)")
"""What a refusal without a code may be about below the doors: a place in a file."""

COMMAND_LINE = re.compile(
    r"--|`|\bwaymark\b|\b[Rr]un\b|\bcommands?\b|\boptions?\b|\bset-up\b|\bclick\b|\bbutton\b|\bpage\b"
)


@cache
def known(file: str) -> set[str]:
    """The names in a file that mean what the catalogue means by them; the papers have phrases of their own."""
    imports = [node for node in ast.walk(trees()[file]) if isinstance(node, ast.ImportFrom)]
    worded = file == "gcm/wording.py" or any(node.module == "waymark.gcm.wording" for node in imports)
    return set(RAISERS) - (set() if worded else {"phrase", "Phrase"})


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of one of these names, with the file it stands in."""
    return ((file, node) for file, node, name in all_calls() if name in names)


def test_every_refusal_is_a_code_of_the_catalogue_with_its_slots() -> None:
    wrong, chosen = [], dict.fromkeys(CHOSEN, 0)
    for file, node in calls(*RAISERS):
        if called(node) not in known(file):
            continue
        place, own = RAISERS[called(node)]
        code = node.args[place] if len(node.args) > place else None
        if not (isinstance(code, ast.Constant) and isinstance(code.value, str)):
            chosen[file] = chosen.get(file, 0) + 1
            continue
        where = f"{file}:{node.lineno} {code.value}"
        if code.value not in CATALOGUE:
            wrong.append(f"{where}: no such code")
            continue
        given = {word.arg for word in node.keywords if word.arg} | set(own)
        wanted = slots_of(CATALOGUE[code.value])
        spread = any(word.arg is None for word in node.keywords)
        if called(node) != "Phrase" and not (given <= wanted if spread else given == wanted):
            wrong.append(f"{where}: {sorted(given ^ wanted)}")
    assert wrong == []
    assert chosen == CHOSEN


def test_every_code_is_used() -> None:
    written = {
        node.value
        for file, tree in trees().items()
        if file != "gcm/refusals.py" and not file.startswith("gcm/refused/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(REFUSALS.keys() - written) == []


def test_below_the_doors_only_places_in_files_are_refused_without_a_code() -> None:
    loose = [
        f"{file}:{node.lineno} {ast.unparse(node.args[0])}"
        for file, node in calls("InputError", "NotFoundError", "OutputError")
        if file.startswith(FLOORS_BELOW_THE_DOORS) and ast.unparse(node.args[0]) not in VALUES_OF_A_FILE
    ]
    assert loose == []


def test_what_is_refused_about_a_file_speaks_of_no_door_either() -> None:
    spoken = [
        f"{file}:{node.lineno} {word.value}"
        for file, node in calls("InputError", "NotFoundError", "OutputError")
        if file.startswith(FLOORS_BELOW_THE_DOORS)
        for word in ast.walk(node)
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and COMMAND_LINE.search(word.value)
    ]
    assert spoken == []


def test_the_catalogue_speaks_of_no_door() -> None:
    texts = {
        code: " ".join(words.parts() if isinstance(words, Given) else texts_of(words))
        for code, words in CATALOGUE.items()
        if code != "history.page"  # of a document
    }
    assert {code: found[0] for code, text in texts.items() if (found := COMMAND_LINE.search(text))} == {}


def texts_of(words: Wording) -> tuple[str, ...]:
    if isinstance(words, Given):
        return words.parts()
    return (words.one, words.many) if isinstance(words, Plural) else (words,)


def test_a_wording_ends_as_a_sentence() -> None:
    open_ended = [
        code
        for code, words in CATALOGUE.items()
        if not isinstance(words, Given)
        and not code.startswith(("actor.", "list.", "log.", "history."))
        and any(not text.endswith((".", "}")) for text in texts_of(words))
    ]
    assert open_ended == []


def test_the_command_line_adds_what_to_do_to_codes_that_exist() -> None:
    assert sorted(ADVICE.keys() - REFUSALS.keys()) == []
    refusal = RefusedError("heads.there_already", folder="heads")
    assert printed(refusal) == f"{refusal} Here: leave out --anew."
    assert printed(OutputError("Not written.")) == "Not written."


def test_every_noun_of_the_record_has_a_name() -> None:
    from django.apps import apps

    nouns = {noun for model in apps.get_app_config("records").get_models() if (noun := getattr(model, "noun", ""))}
    assert nouns | {"indicator"} == set(NOUNS)
    assert set(FINDABLE) <= set(NOUNS)


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*/LC_MESSAGES/*.po")), ids=lambda path: path.parts[-3])
def test_no_translation_loses_a_slot(path: Path) -> None:
    from babel.messages.pofile import read_po

    with path.open(encoding="utf-8") as file:
        words = read_po(file)
    lost, translated = [], 0
    for message in words:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if not message.id or not any(texts):
            continue
        translated += 1
        wanted = sorted(SLOT.findall(ids[-1]))
        lost += [text for text in texts if sorted(SLOT.findall(text)) != wanted or text.count("{") != len(wanted)]
    assert lost == []
    assert translated > 50


def test_every_label_and_sentence_is_up_for_translation() -> None:
    words = template()
    assert all(words.get(label.english, label.context) is not None for label in labels())
    assert len({label.context for label in labels()}) > 20
    assert words.get(REFUSALS["report.period_locked"]) is not None


def test_a_refusal_of_a_value_has_the_exit_status_of_its_class() -> None:
    assert InputError.coded("mark.without_source", mark="verified").exit_code == 2
    assert type(NotFoundError.coded("document.unknown", document="'x'")) is NotFoundError
