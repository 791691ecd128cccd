"""The reference page of indicators, made from the catalogue."""

from waymark.gcm.indicators import OBJECTIVES, IndicatorDefinition, for_objective, indicators, questions, without_series


def page() -> str:
    """The reference page as Markdown; a test fails when it is stale."""
    lines = [
        "# Indicators",
        "",
        "Generated from `src/waymark/catalogue/indicators/` by `docs/indicators.py`.",
        "",
        "Meaning, direction and decision are in our words: proposals. Series, units and targets come from a source.",
        'Direction "none" is context and never assessed. A tie with * is our proposal, others follow the crosswalk.',
        "A target in brackets is a global number and only a reference for a country.",
        "`waymark data coverage PLACE` lists the series that hold no rows for a country.",
        "",
        "| code | series | SDG | title | unit | range | direction | target | objectives | reuse |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_reference_row(item) for item in indicators()),
        "",
        "## By objective",
    ]
    for number in OBJECTIVES:
        asked = questions(number)
        codes = ", ".join(f"`{item.code}`" for item in for_objective(number)) or "no suitable statistic"
        lines += ["", f"### Objective {number}", "", f"Indicators: {codes}."]
        if asked:
            lines += ["", f"{asked.reason} Questions instead (yes, partly, no):", ""]
            lines += [
                f"- {item.code} {item.text} ({item.source}: {item.locator}; {item.mark})" for item in asked.questions
            ]
    lines += ["", "## SDG indicators without a series in the sources", "", "| SDG | title | reason |", "|---|---|---|"]
    lines += [f"| {gap.framework_code} | {gap.title} | {gap.reason} |" for gap in without_series()]
    return "\n".join(lines) + "\n"


def _reference_row(item: IndicatorDefinition) -> str:
    """One line of the reference table."""
    ends = ["open" if end is None else f"{end:g}" for end in (item.valid_min, item.valid_max)]
    part = " × baseline" if item.target and item.target.relation == "of baseline" else ""
    goal = f"{item.target.value:g}{part} by {item.target.year}" if item.target else ""
    ties = ", ".join(f"{tie.objective}{'' if tie.basis == 'crosswalk' else '*'}" for tie in item.ties)
    cells = [
        f"`{item.code}`",
        f"`{item.series}`",
        item.framework_code,
        item.title + (f" ({item.context})" if item.context else ""),
        item.unit_label,
        " to ".join(ends),
        item.direction,
        f"({goal})" if item.target and item.target.reference else goal,
        ties,
        "yes" if item.licence_allows_reuse else "not cleared",
    ]
    return "| " + " | ".join(cells) + " |"
