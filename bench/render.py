"""Rendering of a full review: 23 chapters with charts and tables to HTML, PDF/UA and DOCX, in one warm process.

Goal (DESIGN section 7): at most 2 s CPU for the three together and 300 MiB. Every run renders another document, with
other figures, so that nothing the typesetter remembers of an equal document counts. Memory is the greatest resident
size of a process of its own that renders two such documents. The floor beside DOCX is python-docx alone, adding the
same tables cell by cell: what most reports in Python do.
"""

import io
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import docx

from bench.machine import timed, write
from waymark.engines.charts import CHART_CSS, NARROW, ChartSeries, LineChart, TargetLine, line_chart
from waymark.engines.printing.blocks import (
    Block,
    BulletList,
    CitationEntry,
    CitationList,
    Column,
    Contents,
    Cover,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    PrintedPaper,
    Run,
    Runs,
    Table,
)
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf
from waymark.engines.printing.reading import walk, words

CHAPTERS = 23
GOAL_SECONDS = 2.0
GOAL_MIB = 300
SOURCES = 160


def one(text: str) -> Runs:
    return (Run(text),)


def value(number: float, *cites: int) -> Run:
    return Run(f"{number:.1f}", kind="figure", value=f"{number:.1f}", cites=cites)


def year(number: int) -> Run:
    return Run(str(number), kind="date", value=str(number))


def drawn(chapter: int, values: list[float]) -> Figure:
    years = [2008 + place for place in range(len(values))]
    points = tuple((at, number, False) for at, number in zip(years, values, strict=True))
    chart = LineChart(
        title=f"Share in chapter {chapter}",
        description="A line of yearly values with a target.",
        unit_label="Per cent",
        series=(ChartSeries("Orvenia", points),),
        target=TargetLine(90.0, 2030, "target"),
    )
    rows = tuple(((year(at),), (value(number, chapter),), one("country data")) for at, number, _ in points)
    columns = (Column(one("Year")), Column(one("Per cent"), "end"), Column(one("Nature"), width=2))
    table = Table(one("What the chart shows"), columns, rows)
    key = f"chart-{chapter}"
    wide, narrow = line_chart(chart, key), line_chart(chart, f"{key}-narrow", NARROW)
    return Figure(wide, "A line that rises towards its target.", one("The share rises"), key, table, narrow)


def statistics_table(dice: random.Random) -> Table:
    heads = ("Indicator", "First year", "First value", "Latest year", "Latest value", "Assessment")
    columns = tuple(Column(one(head), "start" if place in (0, 5) else "end") for place, head in enumerate(heads))
    rows = tuple(
        (
            (Run(f"{place + 1}.{dice.randint(1, 9)}.1", kind="numbering"), Run(" share of the population concerned")),
            (year(2008),),
            (value(dice.uniform(20, 60), dice.randint(1, SOURCES)),),
            (year(2021),),
            (value(dice.uniform(40, 90), dice.randint(1, SOURCES)),),
            one(dice.choice(("on track", "progress too slow", "moving away", "too old to assess"))),
        )
        for place in range(10)
    )
    return Table(one("Statistics and their assessment"), columns, rows)


def commitments_table(dice: random.Random) -> Table:
    heads = ("Measure", "Lead", "Status", "Implementer", "Secretariat", "Due")
    columns = tuple(Column(one(head), width=3 if place == 0 else 1) for place, head in enumerate(heads))
    rows = tuple(
        (
            one(f"Open a counter for newcomers in {dice.choice(('the north', 'the capital', 'each district'))}"),
            one("Ministry of Labour"),
            one(dice.choice(("● completed", "◐ under way", "○ not started"))),
            one("mostly"),
            one("partly"),
            (year(dice.randint(2024, 2030)),),
        )
        for _ in range(12)
    )
    return Table(one("Commitments by status and voice"), columns, rows)


def chapter(number: int, dice: random.Random) -> Iterator[Block]:
    values = [dice.uniform(30, 50) + place * 2 for place in range(14)]
    anchor = f"objective-{number}"
    yield PageBreak()
    yield Heading(2, (Run("Objective "), Run(str(number), kind="numbering"), Run(": words of our own")), anchor)
    yield Paragraph(one("What this objective asks, in a sentence or two of plain words that anyone can read."), "lead")
    yield Heading(3, one("Statistics"), f"{anchor}-statistics")
    for at, cited in enumerate(values[:6]):
        yield Paragraph(
            (
                Run("The share of people concerned stood at "),
                value(cited, dice.randint(1, SOURCES), dice.randint(1, SOURCES)),
                Run(" per cent in "),
                year(2008 + at),
                Run(", says the national office. Nothing is known about its cause, and nothing is claimed here."),
            )
        )
    yield drawn(number, values)
    yield statistics_table(dice)
    yield Heading(3, one("Commitments"), f"{anchor}-commitments")
    yield commitments_table(dice)
    yield BulletList(tuple(one(f"A challenge named by the {who}.") for who in ("ministry", "network", "association")))
    yield Notice(
        "gap", one("Data gap"), (Paragraph(one("No figures by sex. A question in the survey would be needed.")),)
    )


def review(seed: int) -> PrintedPaper:
    """A review of the fictional country; other figures for every seed."""
    dice = random.Random(seed)
    blocks: list[Block] = [Contents(one("Contents")), PageBreak(), Heading(1, one("Objectives"), "objectives")]
    for number in range(1, CHAPTERS + 1):
        blocks += chapter(number, dice)
    entries = tuple(
        CitationEntry(number, (Run("National Statistics of Orvenia, series "), Run(f"QOR-{number}", kind="numbering")))
        for number in range(1, SOURCES + 1)
    )
    blocks += [PageBreak(), Heading(1, one("How do we know?"), "sources"), CitationList(entries)]
    return PrintedPaper(
        title="Review of Orvenia",
        language="en",
        direction="ltr",
        running_head="Orvenia, synthetic review",
        marking="Demonstration: Orvenia is a fictional country.",
        date="2026-05-08",
        cover=Cover(one("Review of Orvenia"), (), ((one("Made for"), one("a measurement")),)),
        blocks=tuple(blocks),
        chart_css=CHART_CSS,
    )


def cell_by_cell(paper: PrintedPaper) -> bytes:
    """The floor: the same tables, and no more, added by python-docx one cell after another."""
    file = docx.Document()
    for block in walk(paper.blocks):
        if isinstance(block, Table):
            table = file.add_table(rows=len(block.rows) + 1, cols=len(block.columns))
            for place, column in enumerate(block.columns):
                table.cell(0, place).text = words(column.head)
            for at, row in enumerate(block.rows, start=1):
                for place, cell in enumerate(row):
                    table.cell(at, place).text = words(cell)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def peak() -> float:
    """Greatest resident size of a fresh process that renders two documents in all formats, in MiB."""
    script = (
        "from bench.machine import peak_mib; from bench.render import render_all\n"
        "render_all(1); render_all(2); print(peak_mib())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def render_all(seed: int) -> dict[str, int]:
    """Bytes of each format."""
    paper = review(seed)
    return {"html": len(render_html(paper)), "pdf": len(render_pdf(paper)), "docx": len(render_docx(paper))}


def run() -> dict[str, Any]:
    """Seconds of each format and of the three together, against the goal; bytes; peak memory."""
    documents = [review(seed) for seed in range(8)]
    formats: dict[str, Callable[[PrintedPaper], bytes]] = {
        "html": render_html,
        "pdf": render_pdf,
        "docx": render_docx,
        "floor_python_docx_tables_only": cell_by_cell,
    }
    measured = {}
    for name, render in formats.items():
        seeds = count()
        runs = 1 if name.startswith("floor") else 5
        measured[name] = timed(lambda render=render, seeds=seeds: render(documents[next(seeds) % 8]), runs=runs)  # type: ignore[misc]  # bound now
    total = sum(measured[name]["cpu_median"] for name in ("html", "pdf", "docx"))
    most = peak()
    result = {
        "name": "render",
        "chapters": CHAPTERS,
        "formats": measured,
        "bytes": render_all(1),
        "cpu_seconds": total,
        "goal_cpu_seconds": GOAL_SECONDS,
        "peak_mib": most,
        "goal_mib": GOAL_MIB,
        "met": total <= GOAL_SECONDS and most <= GOAL_MIB,
    }
    write("render", result)
    return result


if __name__ == "__main__":
    for key, item in run().items():
        print(key, item)
