"""Runs and short phrases that every chapter uses: words, counts, figures, dates, codes, and quoted words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from waymark.engines.printing.blocks import Paragraph, Run, Runs, RunStyle
from waymark.gcm.language import format_date, format_number

TOKEN = re.compile(r"(?<![^\W\d_])[^\s()\[\],;:“”\"'’]*\d[^\s()\[\];:“”\"'’]*")
YEAR = re.compile(r"(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"[−-]?\d+(?:[,\u00a0]\d{3})*(?:\.\d+)?%?")


def count(number: int, language: str, style: RunStyle = "plain") -> Run:
    """A number counted from the record."""
    return Run(format_number(number, language, 0), "count", style, value=str(number))


def code(text: str, style: RunStyle = "plain", href: str = "") -> Run:
    """A code, chapter number or legal symbol."""
    return Run(text, "numbering", style, href=href)


def day(iso: str, language: str, unknown: str = "date not known") -> Run:
    """A date, year or period; `unknown` when the record has none."""
    if not iso:
        return Run(unknown, style="muted")
    return Run(format_date(iso, language), "date", value=iso)


def marked(text: str, *, origin: str = "", style: RunStyle = "plain", lang: str = "", href: str = "") -> Runs:
    """Words that we did not make (titles, narratives, names), with every numeral in them marked for what it is.

    Years and ISO days are dates; a number standing alone is a figure quoted from `origin`; whatever mixes digits with
    letters, slashes or dots (A/RES/73/195, 10.c.1) is numbering.
    """
    runs: list[Run] = []
    last = 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        token = match.group()
        while token and token[-1] in ".,–-" and not token[-1].isdigit():
            token = token[:-1]
        end = start + len(token)
        runs += _between(text[last:start], style, lang, href)
        if DAY.fullmatch(token) or YEAR.fullmatch(token):
            runs.append(Run(token, "date", style, lang, value=token, href=href))
        elif NUMBER.fullmatch(token) and origin:
            plain = token.replace(",", "").replace("\u00a0", "").replace("−", "-").rstrip("%")
            runs.append(Run(token, "figure", style, lang, value=plain, href=href, origin=origin))
        else:
            runs.append(Run(token, "numbering", style, lang, href=href))
        last = end
    runs += _between(text[last:], style, lang, href)
    return tuple(runs)


def _between(text: str, style: RunStyle, lang: str, href: str) -> list[Run]:
    """Words between tokens; numerals of other scripts and signs such as ² and ½ in them are numbering."""
    if text.isascii() and not any(character.isdigit() for character in text):
        return [Run(text, style=style, lang=lang, href=href)] if text else []
    pieces = groupby(text, key=lambda character: unicodedata.category(character).startswith("N"))
    return [
        Run("".join(piece), "numbering" if numeral else "text", style, lang, href=href) for numeral, piece in pieces
    ]


def dated(text: str, language: str) -> Runs:
    """Words that we did not make, as `marked`, with every ISO day in them said in words."""
    return tuple(
        replace(run, text=format_date(run.value, language)) if run.kind == "date" and DAY.fullmatch(run.text) else run
        for run in marked(text)
    )


def phrase(*parts: Run | Runs | str) -> Runs:
    """One sentence from words, runs and tuples of runs, in order; plain text parts hold no digit."""
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, str):
            runs.append(Run(part))
        elif isinstance(part, Run):
            runs.append(part)
        else:
            runs.extend(part)
    return tuple(runs)


def joined(items: Iterable[Runs], separator: str = ", ") -> Runs:
    """Runs of several things with a separator between them."""
    runs: list[Run] = []
    for index, item in enumerate(items):
        if index:
            runs.append(Run(separator))
        runs.extend(item)
    return tuple(runs)


def plain(runs: Runs) -> str:
    """The words of runs without their marking, for titles and alternative texts."""
    return "".join(run.text for run in runs)


def paragraph(*parts: Run | Runs | str) -> Paragraph:
    """A body paragraph of one phrase."""
    return Paragraph(phrase(*parts))


def strong(*parts: Run | Runs | str) -> Runs:
    """The part of a sentence that is read first."""
    return tuple(Run(run.text, run.kind, "strong", run.lang, run.value, run.href, run.cites, run.origin)
                 for run in phrase(*parts))  # fmt: skip
