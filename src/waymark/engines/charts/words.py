"""The few words that charts add, by language. Only English has been checked by a reader; what a language lacks is shown
in English and marked as English (`lang`)."""

from typing import NamedTuple

from waymark.engines.charts.model import Fill, State


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
        "half": "fill: share completed",
        "with_evidence": "solid edge: evidence",
        "no_evidence": "dotted edge: none cited",
        "unknown_share": "hatched: not known",
        "share_key": "Completion is as implementers say. Below each cell: how many statistics improve "
        "of those that can be assessed, or a dash when none can be.",
    },
    "fr": {"target": "Cible", "estimate": "estimation", "no_figure": "aucun chiffre", "year": "Année"},
    "es": {"target": "Meta", "estimate": "estimación", "no_figure": "sin cifra", "year": "Año"},
    "ru": {"target": "Цель", "estimate": "оценка", "no_figure": "нет данных", "year": "Год"},
    "zh": {"target": "目标", "estimate": "估计值", "no_figure": "无数据", "year": "年份"},
    "ar": {"target": "الغاية", "estimate": "تقدير", "no_figure": "لا توجد بيانات", "year": "السنة"},
    "ka": {"target": "მიზანი", "no_figure": "მონაცემი არ არის", "year": "წელი"},
}

FILL_WORDS: dict[Fill, str] = {
    "none": "No commitment is completed",
    "quarter": "About a quarter of the commitments are completed",
    "half": "About half of the commitments are completed",
    "three-quarters": "About three quarters of the commitments are completed",
    "full": "All commitments are completed",
    "unknown": "Whether commitments are completed is not known",
}

SHARE_WORDS: dict[Fill, str] = {
    "none": "none",
    "quarter": "about a quarter",
    "half": "about half",
    "three-quarters": "about three quarters",
    "full": "all",
    "unknown": "not known",
}

STATE_WORDS: dict[State, str] = {
    "done": "done",
    "under_way": "under way",
    "not_started": "not started",
    "dropped": "dropped",
    "unknown": "unknown",
}


def word(name: str, language: str) -> Word:
    """A word in the language, or in English and saying so. Raises KeyError for a name that no chart uses."""
    own = WORDS.get(language.split("-", 1)[0].lower(), {})
    return Word(own[name], language) if name in own else Word(WORDS["en"][name], "en")
