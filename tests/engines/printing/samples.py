"""Documents for the tests of the renderers: a rich one of the fictional country Orvenia, and small ones."""

from dataclasses import replace

from waymark.engines.printing.blocks import (
    Block,
    BulletList,
    CitationEntry,
    CitationList,
    Column,
    Contents,
    Cover,
    Facts,
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
from waymark.engines.printing.reading import every_runs, words

MARKING = "Demonstration: Orvenia is a fictional country; every body, person and figure is invented."
GEORGIAN = "საქართველოს სტატისტიკის ეროვნული სამსახური და მიგრაციის საკითხთა სამთავრობო კომისიის სამდივნო"
ARABIC = "هذا تقرير تجريبي عن دولة خيالية"


def text(words: str, **more: object) -> Run:
    return Run(words, **more)  # type: ignore[arg-type]  # keywords of Run, given by tests


def figure(shown: str, value: str = "", *cites: int) -> Run:
    return Run(shown, kind="figure", value=value or shown, cites=cites)


def number(shown: str) -> Run:
    return Run(shown, kind="count", value=shown)


def day(shown: str, value: str = "") -> Run:
    return Run(shown, kind="date", value=value or shown)


def code(shown: str) -> Run:
    return Run(shown, kind="numbering", value=shown)


def one(words: str) -> Runs:
    return (Run(words),)


def chart(width: int, height: int, label: str = "Orvenia") -> str:
    """A small line chart: text as text, numerals classed as the charts engine classes them."""
    points = [(2015, 62.1), (2016, 63.0), (2018, 66.4), (2019, 68.2), (2020, 67.5)]
    x = {year: 40 + (width - 110) * (year - 2015) / 5 for year, _ in points}
    y = {value: height - 30 - (value - 55) / 20 * (height - 50) for _, value in points}
    line = "M" + " L".join(f"{x[year]:.1f},{y[value]:.1f}" for year, value in points)
    years = "".join(
        f'<text class="date" x="{x[year]:.1f}" y="{height - 10}" text-anchor="middle">{year}</text>'
        for year, _ in points[::2]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13" fill="currentColor">'
        f'<title id="t">Share of births registered</title><desc id="d">A line that rises.</desc>'
        f'<line x1="40" x2="{width - 70}" y1="{height - 28}" y2="{height - 28}" stroke="#8a929c"/>'
        f'<path d="{line}" fill="none" stroke="#0b5d6b" stroke-width="2"/>{years}'
        f'<text class="figure" x="{x[2020] + 6:.1f}" y="{y[67.5] + 4:.1f}">67.5</text>'
        f'<text x="{x[2020] + 6:.1f}" y="{y[67.5] + 20:.1f}">{label}</text></svg>'
    )


def data_table(chapter: int) -> Table:
    rows = tuple(
        ((day(str(2014 + row)),), (figure(f"{60 + chapter + row * 0.7:.1f}", "", 1),), one("as published"))
        for row in range(1, 7)
    )
    columns = (Column(one("Year")), Column(one("Per cent"), "end"), Column(one("Note"), width=2))
    return Table(one("Births registered, per cent of children under five"), columns, rows)


def wide_table(chapter: int, rows: int = 8) -> Table:
    columns = (
        Column(one("Measure"), width=2.4),
        Column(one("Lead organisation"), width=1.8),
        Column(one("Completion as the implementer rates it"), width=1.4),
        Column(one("Evidence"), width=1.2),
        Column(one("Reports"), "end", width=0.8),
        Column(one("Due"), "end", width=1.1),
    )
    body = tuple(
        (
            (text("Register every birth at the place of residence, measure "), code(f"{chapter}.{row}")),
            one("Ministry of Labour and Social Protection"),
            (text("◐ under way") if row % 3 else text("● done"),),
            (text("✕ none", style="muted") if row % 4 == 0 else text("cited"),),
            (number(str(row)),),
            (day("30 June 2026", "2026-06-30"),),
        )
        for row in range(1, rows + 1)
    )
    return Table(one("Commitments and how far they are"), columns, body, anchor=f"measures-{chapter}")


def chapter(number_: int) -> tuple[Block, ...]:
    return (
        PageBreak(),
        Heading(2, (text("Objective "), code(str(number_)), text(": proof of legal identity")), f"objective-{number_}"),
        Paragraph(one("Everyone has proof of who they are, and papers they can use."), role="lead"),
        Heading(3, one("Statistics"), f"statistics-{number_}"),
        Paragraph(
            (
                text("The share of births registered rose to "),
                figure("67.5 per cent", "67.5", 1, 2),
                text(" in "),
                day("2020"),
                text(". Two sources differ: "),
                figure("64.9 per cent", "64.9", 3),
                text(" after the survey of "),
                day("2019"),
                text("."),
            )
        ),
        Figure(
            chart(640, 260),
            "Line chart: births registered rise from 62.1 to 67.5 per cent.",
            one("More births are registered than five years ago"),
            f"chart-{number_}",
            data_table(number_),
            chart(340, 240),
        ),
        Paragraph(
            (text("Source: National Statistics of Orvenia, retrieved "), day("2 May 2026", "2026-05-02")), "source"
        ),
        Heading(3, one("Commitments"), f"commitments-{number_}"),
        wide_table(number_),
        Notice(
            "gap",
            one("Data gap"),
            (
                Paragraph(one("Nothing is known by disability. A question in the next survey would be needed.")),
                BulletList((one("no series by sex"), one("no series below the national level"))),
            ),
        ),
        Notice(
            "context", one("Context, outside the Compact"), (Paragraph(one("Refugees are not the Compact's subject.")),)
        ),
        Notice("proposal", one("Proposal of ours"), (Paragraph(one("A shorter form for municipalities.")),)),
    )


SOURCES = CitationList(tuple(CitationEntry(entry, one("the office")) for entry in (1, 2, 3)))


def rich(chapters: int = 3) -> PrintedPaper:
    parts: list[Block] = [
        Contents(one("Contents"), 2),
        PageBreak(),
        Heading(1, one("What this is and how to read it"), "reading"),
        Paragraph(one("This review says what was promised, what was done, and how we know."), role="lead"),
        Paragraph(
            (
                text("The network met "),
                number("4 times"),
                text(". The office is called "),
                text(GEORGIAN, lang="ka"),
                text(", in Arabic "),
                text(ARABIC, lang="ar"),
                text(". See "),
                text("the measures", href="#measures-1"),
                text(" or "),
                text("the publisher", href="https://example.org/series?a=1&b=2"),
                text("; "),
                text("accepted", style="strong"),
                text(", "),
                text("noted", style="emphasis"),
                text("."),
            )
        ),
        BulletList(
            (
                one("Fill: completion as implementers say."),
                one("Edge: evidence, or none."),
            ),
            ordered=True,
        ),
        Facts(((one("Cycle"), (text("IMRF "), day("2026"))), (one("Audience"), one("public")))),
        Heading(1, one("Objectives"), "objectives"),
    ]
    for number_ in range(1, chapters + 1):
        parts += chapter(number_)
    parts += [
        PageBreak(),
        Heading(1, one("How do we know?"), "sources"),
        CitationList(
            tuple(
                CitationEntry(
                    entry,
                    (
                        text("National Statistics of Orvenia, births registered, series "),
                        code("QOR-16.9.1"),
                        text(", "),
                        day("2020"),
                        text(", retrieved "),
                        day("2 May 2026", "2026-05-02"),
                        text(", file "),
                        code("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                    ),
                )
                for entry in (1, 2, 3)
            )
        ),
    ]
    return PrintedPaper(
        title="Voluntary review of Orvenia",
        language="en",
        direction="ltr",
        running_head="Orvenia · IMRF 2026 · edition 1",
        marking=MARKING,
        date="2026-05-08",
        cover=Cover(
            one("Voluntary review of the Global Compact for Migration: Orvenia"),
            (text("International Migration Review Forum "), day("2026")),
            (
                (one("Published by"), one("Interministerial Commission on Migration")),
                (one("Statistics as of"), (day("8 May 2026", "2026-05-08"),)),
                (one("Too old to assess"), (number("11 of 42 series"),)),
                (
                    one("Hash of review.json"),
                    (code("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),),
                ),
            ),
            Notice("demonstration", one("Demonstration"), (Paragraph(one(MARKING)),)),
        ),
        blocks=tuple(parts),
        description="A fictional review, for tests.",
    )


def right_to_left() -> PrintedPaper:
    """An Arabic document about the fictional country, with numerals and an English name inside."""
    columns = (Column(one("المؤشر"), width=2), Column(one("السنة"), "end"), Column(one("القيمة"), "end"))
    rows = tuple(
        (one("نسبة المواليد المسجلين"), (day(str(2018 + row)),), (figure(f"{60 + row}.5"),)) for row in range(4)
    )
    return PrintedPaper(
        title="المراجعة الطوعية",
        language="ar",
        direction="rtl",
        running_head="أورفينيا · مراجعة",
        marking=ARABIC,
        date="2026-05-08",
        cover=Cover(
            one("المراجعة الطوعية للاتفاق العالمي من أجل الهجرة"),
            one("دولة أورفينيا الخيالية"),
            ((one("تاريخ"), (day("2026-05-08"),)), (one("الناشر"), (text("Orvenia Statistics", lang="en"),))),
            Notice("demonstration", one("نموذج تجريبي"), (Paragraph(one(ARABIC)),)),
        ),
        blocks=(
            Contents(one("المحتويات")),
            PageBreak(),
            Heading(1, one("الإحصاءات"), "a"),
            Paragraph(
                (text("بلغت النسبة "), figure("67.5", "67.5", 1), text(" في المئة عام "), day("2020"), text("."))
            ),
            Figure(
                chart(640, 260, "أورفينيا"), "رسم بياني", one("ارتفاع النسبة"), "c", None, chart(340, 240, "أورفينيا")
            ),
            Table(one("القيم حسب السنة"), columns, rows, anchor="t"),
            Notice("gap", one("نقص في البيانات"), (Paragraph(one("لا تتوفر بيانات حسب الجنس.")),)),
            CitationList((CitationEntry(1, one("المكتب الوطني للإحصاء")),)),
        ),
        labels={"table": "جدول", "figure": "شكل", "page": "صفحة", "of": "من", "contents": "المحتويات"},
    )


def years(many: int = 10, *, row_headers: bool = True) -> Table:
    rows = tuple(((day(str(2000 + place)),), (figure(f"{place}.5"),)) for place in range(many))
    return Table(one("Births"), (Column(one("Year")), Column(one("Orvenia"), "end")), rows, row_headers=row_headers)


def empty() -> PrintedPaper:
    """The least that can be rendered."""
    return PrintedPaper("Nothing yet", "en", "ltr", "", "", "2026-05-08", Cover(one("Nothing yet"), (), ()), ())


def holding(*runs: Run, **changes: object) -> PrintedPaper:
    """A document of one paragraph."""
    return replace(empty(), blocks=(Paragraph(tuple(runs)),), **changes)  # type: ignore[arg-type]  # fields of Document


def plain_text(paper: PrintedPaper) -> str:
    """The document's words in reading order, one line for each stretch."""
    return "\n".join(text for text in (words(runs) for runs in every_runs(paper)) if text)
