"""The files of a built review, by name: pages, data tables, Data Package and the manifest of hashes.

Everything is returned as bytes; the door writes it. Same data, same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from waymark.engines.files.tables_out import csv_table
from waymark.engines.printing.blocks import PrintedPaper
from waymark.engines.printing.fonts import told, unsupported_scripts
from waymark.engines.printing.reading import words
from waymark.engines.printing.typefaces import faces
from waymark.gcm.recorded import FORMAT
from waymark.papers.commitments import voice_cell
from waymark.papers.left_tables import LEFT_TABLES
from waymark.papers.lines import part_words
from waymark.papers.writer import EMPTY, VOICE_WORDS
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.views import Observation, StatisticView
from waymark.queries.reviews.views import ReviewData
from waymark.queries.sources.views import SourceView

REMARK = "remark: "


def review_json(data: ReviewData) -> bytes:
    """The review as data: `review.json`, described by docs/reference/review.schema.json."""
    tree = asdict(data)
    tree.pop("statistics")
    return dump_json({"$schema": "review.schema.json", "format": FORMAT, **tree})


def dump_json(tree: Any) -> bytes:
    """JSON text with sorted keys and one final newline, the same bytes for the same tree."""
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def observation_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """Every observation that the review shows or could show: one row each, with its cell in the source file."""
    sources = {source.key: source for source in data.sources}
    for indicator in sorted(data.statistics):
        statistic = data.statistics[indicator]
        for seen in (*statistic.before_break, *statistic.observations, *statistic.after_break):
            yield observation_row(data, statistic, seen, sources[seen.source], seen.detail)
        for until, seen in statistic.parts:
            detail = "; ".join(filter(None, (part_words(until), seen.detail)))
            yield observation_row(data, statistic, seen, sources[seen.source], detail)


def observation_row(
    data: ReviewData, statistic: StatisticView, seen: Observation, source: SourceView, detail: str
) -> tuple[object, ...]:
    """One observation as a row of the table."""
    return (
        statistic.indicator, statistic.series, data.place, statistic.disagg, statistic.slice, statistic.unit, seen.year,
        seen.period, seen.value, seen.qualifier, seen.bound, seen.nature, source.title, source.sha256,
        seen.row or None, detail,
    )  # fmt: skip


def assessment_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """What each method says of each series, with the inputs it used."""
    for indicator in sorted(data.statistics):
        statistic = data.statistics[indicator]
        for result in statistic.assessments:
            yield (
                indicator, statistic.series, data.place, result.method, result.version, result.category,
                result.label, result.movement, result.improving, result.reason, result.base_year, result.base_value,
                result.latest_year, result.latest_value, result.target, result.target_year,
                statistic.target_mark if result.target is not None else "", result.value,
                " ".join(result.flags),
            )  # fmt: skip


def commitment_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """Every commitment that is tied to an objective once, with the latest ratings of each voice side by side."""
    seen: set[str] = set()
    for objective in data.objectives:
        for item in objective.commitments:
            if item.urn in seen:
                continue
            seen.add(item.urn)
            ratings = {voice: _ratings(item, voice) for voice in VOICE_WORDS}
            yield (
                item.code, item.title, item.kind, item.state, item.reason, item.start, item.due, item.overdue,
                "; ".join(item.leads), "; ".join(item.partners), " ".join(map(str, item.objectives)),
                ratings["implementer"], ratings["secretariat"], ratings["civil_society"],
                item.reports_due, item.reports_missing, item.milestones_done, item.milestones,
            )  # fmt: skip


def _ratings(item: CommitmentView, voice: str) -> str:
    """The latest ratings in one voice as the page has them, "" for none."""
    cell = voice_cell(item.reports, voice, "en")
    return "" if cell == EMPTY else words(cell)


def recommendation_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """Recommendations of the last cycle and what became of them."""
    for item in data.recommendations:
        yield (
            item.code, item.text, " ".join(map(str, item.objectives)), item.stance, item.status,
            " ".join(code for code, _, _ in item.commitments),
        )  # fmt: skip


def gap_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """What is missing, per objective."""
    for objective in data.objectives:
        for gap in objective.gaps:
            yield (objective.number, gap.kind, gap.subject, gap.needed)


def finding_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """Findings per objective; objective is empty for those about the whole review."""
    for finding in data.findings:
        yield (None, finding.kind, finding.text, finding.drafted_by, finding.confirmed)
    for objective in data.objectives:
        for finding in objective.findings:
            yield (objective.number, finding.kind, finding.text, finding.drafted_by, finding.confirmed)


def source_rows(data: ReviewData) -> Iterable[tuple[object, ...]]:
    """The numbered sources."""
    for number, source in enumerate(data.sources, 1):
        yield (
            number, source.kind, source.publisher, source.title, source.series, source.years, source.retrieved,
            source.sha256, source.licence, source.address, source.locator, source.mark, source.date, source.page,
        )  # fmt: skip


TABLES: Mapping[str, tuple[str, tuple[str, ...], Any]] = {
    "observations": (
        "Observations shown in the review, each with its cell in the source file",
        ("indicator", "series", "place", "disaggregation", "slice", "unit", "year:integer", "period", "value:number",
         "qualifier", "bound:number", "nature", "dataset", "sha256", "row:integer", "detail"),
        observation_rows,
    ),
    "assessments": (
        "What each method says of each series",
        ("indicator", "series", "place", "method", "version", "category", "category_words", "movement",
         "improving:boolean", "reason",
         "base_year:integer", "base_value:number", "latest_year:integer", "latest_value:number", "target:number",
         "target_year:integer", "target_mark", "value:number", "flags"),
        assessment_rows,
    ),
    "commitments": (
        "Commitments with the latest ratings of each voice, in words as the page has them; the table of reports has "
        "rating, state and day of each report in columns of its own",
        ("code", "title", "kind", "state", "reason", "start:date", "due:date", "overdue:boolean", "leads", "partners",
         "objectives", "implementer", "secretariat", "civil_society", "reports_due:integer",
         "reports_missing:integer", "milestones_done:integer", "milestones:integer"),
        commitment_rows,
    ),
    "recommendations": (
        "Recommendations of the last cycle and what became of them",
        ("code", "text", "objectives", "position", "status", "commitments"),
        recommendation_rows,
    ),
    "findings": (
        "Findings of the review",
        ("objective:integer", "kind", "text", "drafted_by", "confirmed:boolean"),
        finding_rows,
    ),
    "gaps": ("What is missing, per objective", ("objective:integer", "kind", "subject", "needed"), gap_rows),
    "sources": (
        "Numbered sources",
        ("number:integer", "kind", "publisher", "title", "series", "years", "retrieved", "sha256", "licence",
         "address", "locator", "mark", "date", "page"),
        source_rows,
    ),
    **LEFT_TABLES,
}  # fmt: skip
"""Data tables of a review: title, columns as `name:type` (type of Table Schema, string when not said), rows."""


def data_files(data: ReviewData) -> dict[str, bytes]:
    """The CSV files `data/*.csv` and `datapackage.json`, which describes them."""
    files = {
        f"data/{name}.csv": csv_table([column.partition(":")[0] for column in columns], rows(data))
        for name, (_, columns, rows) in TABLES.items()
    }
    files["datapackage.json"] = dump_json(data_package(data, files))
    return files


def data_package(data: ReviewData, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The Data Package descriptor (specification version 1) of the review's tables."""
    resources = []
    for name, (title, columns, _) in TABLES.items():
        content = files[f"data/{name}.csv"]
        fields = [{"name": c.partition(":")[0], "type": c.partition(":")[2] or "string"} for c in columns]
        resources.append(
            {
                "name": name, "title": title, "path": f"data/{name}.csv", "profile": "tabular-data-resource",
                "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content),
                "hash": f"sha256:{digest(content)}", "schema": {"fields": fields, "missingValues": [""]},
            }
        )  # fmt: skip
    return {
        "profile": "tabular-data-package",
        "name": f"review-{data.place}-{data.cycle}".lower(),
        "title": f"{data.place_name}: data of the review for {data.cycle_title}",
        "description": data.marking,
        "version": data.as_of,
        "sources": [{"title": f"{s.publisher}: {s.title}"} for s in data.sources if s.kind == "dataset"],
        "resources": resources,
    }


def manifest(files: Mapping[str, bytes], remarks: Iterable[str] = ()) -> bytes:
    """`MANIFEST`: SHA-256 and name of every file, sorted by name, as `sha256sum -c` reads it.

    After them, as remarks that it leaves out, the fonts of print with their hashes, and what a reader should know.
    """
    lines = [f"{digest(files[name])}  {name}" for name in sorted(files)]
    lines += [f"# font {face.sha256}  {face.name}" for face in faces()]
    return "".join(f"{line}\n" for line in (*lines, *(f"# {REMARK}{remark}" for remark in remarks))).encode()


def pdf_remarks(paper: PrintedPaper) -> list[str]:
    """What the PDF of a document lacks."""
    lacking = told(unsupported_scripts(paper))
    return [lacking] if lacking else []


def remarks_of(content: bytes) -> list[str]:
    """What a MANIFEST remarks for its reader."""
    start = f"# {REMARK}"
    return [line.removeprefix(start) for line in content.decode().splitlines() if line.startswith(start)]
