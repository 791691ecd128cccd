"""The few words that charts add, by language. Only English has been checked by a reader; what a language lacks is shown
in English and marked as English (`lang`)."""

from typing import NamedTuple

from waymark.engines.charts.model import State, StripCell


class Word(NamedTuple):
    """A word or phrase and the language it is in."""

    text: str
    language: str


WORDS: dict[str, dict[str, str]] = {
    "en": {
        "target": "Target",
        "by": "by",
        "estimate": "estimate",
        "no_figure": "no figure",
        "year": "Year",
        "value": "Value",
        "name": "Name",
        "note": "Note",
        "objective": "Objective",
        "state": "State",
        "completion": "Commitments completed, as implementers say",
        "evidence": "Evidence",
        "statistics": "Statistics improving of those assessable",
        "cited": "cited",
        "not_cited": "not cited",
        "how_to_read": "How to read the progress strip",
        "half": "fill: exact share completed",
        "with_evidence": "solid edge: evidence",
        "no_evidence": "dotted edge: none cited",
        "unknown_share": "hatched: not known",
        "share_key": "Completion is as implementers say; dropped and superseded commitments are not counted. "
        "Below each cell: how many statistics improve of those that can be assessed, or a dash when none can be.",
    },
    "fr": {"target": "Cible", "estimate": "estimation", "no_figure": "aucun chiffre", "year": "Année"},
    "es": {"target": "Meta", "estimate": "estimación", "no_figure": "sin cifra", "year": "Año"},
    "ru": {"target": "Цель", "estimate": "оценка", "no_figure": "нет данных", "year": "Год"},
    "zh": {"target": "目标", "estimate": "估计值", "no_figure": "无数据", "year": "年份"},
    "ar": {"target": "الغاية", "estimate": "تقدير", "no_figure": "لا توجد بيانات", "year": "السنة"},
    "ka": {"target": "მიზანი", "no_figure": "მონაცემი არ არის", "year": "წელი"},
}

STATE_WORDS: dict[State, str] = {
    "done": "done",
    "under_way": "under way",
    "not_started": "not started",
    "dropped": "dropped or superseded",
    "unknown": "unknown",
}


def completion_words(cell: StripCell) -> str:
    """How many commitments of an objective are completed, of those that count, and how many do not count and why.

    Such as "2 of 3", "2 of 3; not counted: 1 dropped, 1 superseded", "none counted: 1 dropped", "none on record".
    """
    ended = ((cell.dropped, "dropped"), (cell.superseded, "superseded"))
    out = ", ".join(f"{number} {state}" for number, state in ended if number)
    if not cell.counted:
        return f"none counted: {out}" if out else "none on record"
    return f"{cell.completed} of {cell.counted}{out and f'; not counted: {out}'}"


def word(name: str, language: str) -> Word:
    """A word in the language, or in English and saying so. Raises KeyError for a name that no chart uses."""
    own = WORDS.get(language.split("-", 1)[0].lower(), {})
    return Word(own[name], language) if name in own else Word(WORDS["en"][name], "en")
