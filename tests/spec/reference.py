"""The reference page of the methods of assessment, made from the methods and from their specification."""

from collections.abc import Iterator

from tests.spec.methods.example import Example, Result, Row
from tests.spec.methods.toc import CHAPTERS
from waymark.engines.indicators.methods import DEFAULT, METHODS, REASONS, Method, Source
from waymark.engines.indicators.methods.method import BUNDLED_SERIES, DATABASE_SERIES

INTRO = """# Methods of assessment

An assessment says how a series moves towards what is wanted. Waymark knows the methods below; each result carries the
method, its version, its inputs, its category, and the reason when there is none. Methods disagree by construction:
show the method next to the status. The examples are the executable specification: tests run every one of them.

This page is generated from `tests/spec/methods/`. Write it again with `make docs`.
"""

RULE_WORDS = {
    "direction": "direction",
    "target": "target",
    "target_year": "target year",
    "baseline_year": "baseline year",
    "natural_limit": "natural limit",
    "even": "even split",
}


def page() -> str:
    """The whole page as Markdown."""
    parts = [INTRO, *(_method(method) for method in METHODS.values()), _reasons()]
    for chapter in CHAPTERS:
        parts.append(f"## {chapter.title}\n\n{chapter.text}\n")
        parts.extend(_example(example) for example in chapter.examples)
    return "\n".join(parts)


def _method(method: Method) -> str:
    default = " (default)" if method.id == DEFAULT else ""
    lines = [
        f"## `{method.id}`{default}",
        "",
        f"{method.title}, version {method.version}. Measure: {method.measure}.",
        "",
    ]
    lines += ["| category | in words | counts as improving (our reading) |", "|---|---|---|"]
    lines += [f"| `{c.code}` | {c.label} | {'yes' if c.improving else 'no'} |" for c in method.categories]
    lines += [
        "",
        f"Text and rule side by side. The last columns count the series that get another category or reason by a rule "
        f"of ours alone: of the {BUNDLED_SERIES:,} bundled with this release, by the definitions of the catalogue; and "
        f"of the {DATABASE_SERIES:,} of the whole SDG Global Database of October 2020, by one made-up rule for each, "
        f"since the catalogue defines few of them. For age they are the series whose category is not counted. A series "
        f"is of one place, breakdown, unit and nature.",
        "",
        "| what the text says | what runs here | source | mark | bundled | database |",
        "|---|---|---|---|---|---|",
        *(_source(source) for source in method.sources),
    ]
    return "\n".join([*lines, ""])


def _source(source: Source) -> str:
    changed = ("", "") if source.changes is None else (source.changes.bundled, source.changes.database)
    counts = [f"{count:,}" if isinstance(count, int) else count for count in changed]
    text, rule = source.text or "nothing", source.rule or "the same"
    return f"| {text} | {rule} | {source.where} | {source.mark} | {' | '.join(counts)} |"


def _reasons() -> str:
    lines = ["## When nothing can be said", "", "| reason | meaning | methods |", "|---|---|---|"]
    for reason, meaning in REASONS.items():
        using = [f"`{method.id}`" for method in METHODS.values() if reason in method.reasons]
        lines.append(f"| {reason} | {meaning} | {', '.join(using)} |")
    return "\n".join([*lines, ""])


def _example(example: Example) -> str:
    heads, cells = zip(*_values(example), strict=True)
    lines = [f"**{example.says}**", "", f"Rule: {_rule(example)}.", ""]
    lines += [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", f"| {' | '.join(cells)} |", ""]
    for method, result in zip(METHODS.values(), (example.unsd, example.opensdg), strict=True):
        lines.append(f"- `{method.id}`: {_result(result)}")
    if example.flags:
        lines.append(f"- flags: {'; '.join(example.flags)}")
    return "\n".join([*lines, ""])


def _values(example: Example) -> Iterator[tuple[str, str]]:
    for (unit, nature), values in example.former.items():
        for year, given in values.items():
            yield f"{year} ({unit}, {nature})", _given(given)
    here = f" ({example.unit}, {example.nature})" if example.former else ""
    for year, given in sorted(example.values.items()):
        yield f"{year}{here}", _given(given)


def _given(given: object) -> str:
    if isinstance(given, Row):
        return (
            f"{given.value:g}{' (break before)' if given.break_before else ''}{given.period and f' ({given.period})'}"
        )
    return f"{given:.4g}" if isinstance(given, float) else str(given)


def _rule(example: Example) -> str:
    words = [f"{RULE_WORDS[name]} {_plain(value)}" for name, value in example.rule.items() if name in RULE_WORDS]
    words += [name.replace("_", " ") for name, value in example.rule.items() if value is True]
    words += [f"nature {example.nature}"] if example.nature != "C" else []
    return ", ".join(words)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _result(result: Result) -> str:
    if result.reason:
        return f"unable, {result.reason}"
    value = "" if result.value is None else f", measure {result.value:.4g}"
    score = "" if result.score is None else f", score {result.score:.4g}"
    return f"{result.category}{value}{score}"
