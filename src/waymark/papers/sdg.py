"""The same record and statistics ordered by SDG target: write once, report many times."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from waymark.engines.charts import CHART_CSS
from waymark.engines.printing.blocks import Block, BulletList, Contents, Cover, Facts, PrintedPaper
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.pages import Start
from waymark.engines.printing.pdf import render_pdf
from waymark.gcm import frameworks
from waymark.gcm.frameworks import Link, Provision
from waymark.gcm.language import direction
from waymark.gcm.templates import template
from waymark.papers import closing, front
from waymark.papers.commitments import commitment_table
from waymark.papers.files import data_files, digest, dump_json, manifest, pdf_remarks
from waymark.papers.listing import cited_in
from waymark.papers.marks import marks_legend
from waymark.papers.pages import CHAPTERS as CHAPTERS_OF_REVIEWS
from waymark.papers.pages import FOLDER, own_page, web_pages
from waymark.papers.statistics import statistic_blocks
from waymark.papers.words import code, joined, marked, paragraph, phrase
from waymark.papers.writer import EMPTY, Chapter, Writer, heading, lead
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.views import StatisticView
from waymark.queries.reviews.views import ReviewData

TEMPLATE = "sdg-paper"
FILES = {
    "targets": Start(f"{FOLDER}/targets.html"),
    "conflicts": CHAPTERS_OF_REVIEWS["conflicts"],
    "annexes": CHAPTERS_OF_REVIEWS["annexes"],
}
"""Section of the paper → the file that begins with it. Each target has one of its own."""


@dataclass(frozen=True, slots=True)
class TargetView:
    """One SDG target: what the record and the statistics say of it.

    `direct` are commitments tied to the target itself; `through` are codes of commitments tied to an objective that the
    crosswalk ties to the target.
    """

    provision: Provision
    links: tuple[Link, ...]
    statistics: tuple[StatisticView, ...]
    direct: tuple[CommitmentView, ...]
    through: tuple[str, ...]


def target_views(data: ReviewData) -> tuple[TargetView, ...]:
    """Every SDG target that the crosswalk, a figure or a commitment leads to, in the order of the framework."""
    commitments = {item.urn: item for objective in data.objectives for item in objective.commitments}
    views = []
    for provision in frameworks.provisions("sdg"):
        if provision.kind != "target":
            continue
        links = tuple(link for link in frameworks.links_to("sdg", provision.code, "gcm") if link.followed)
        statistics = tuple(s for s in data.statistics.values() if s.framework_code.rpartition(".")[0] == provision.code)
        direct = tuple(item for item in commitments.values() if ("sdg", provision.code) in item.ties)
        numbers = {int(link.from_code) for link in links}
        through = tuple(
            sorted(item.code for item in commitments.values() if item not in direct and numbers & set(item.objectives))
        )
        if links or statistics or direct:
            views.append(TargetView(provision, links, statistics, direct, through))
    return tuple(views)


def reading(writer: Writer, views: tuple[TargetView, ...]) -> Chapter:
    """What the paper is."""
    del views
    return (
        lead(
            "This paper orders by target of the ",
            code("2030"),
            " Agenda what the review of the Global Compact for Migration holds for ",
            marked(writer.data.place_name),
            " as of ",
            writer.day(writer.data.as_of),
            ". It is drawn from the same record, the same figures and the same rules; nothing was entered twice.",
        ),
        paragraph(
            "Objectives are tied to targets by the crosswalk of the official guidance. A commitment stands under a "
            "target when it is tied to it; commitments tied only to an objective of the Compact are listed by "
            "code."
        ),
    )


def glance(writer: Writer, views: tuple[TargetView, ...]) -> Chapter:
    """Targets with counts; no combined grade."""
    rows = (
        (
            phrase(code(view.provision.code, href=f"#target-{view.provision.code}"), " ", marked(view.provision.label)),
            (writer.count(len({link.from_code for link in view.links})),),
            (writer.count(len(view.statistics)),),
            (writer.count(len(view.direct)),),
            (writer.count(len(view.through)),),
        )
        for view in views
    )
    return (
        writer.table(
            "Targets with the objectives, series and commitments behind each",
            (
                ("Target", "start", 5),
                ("Objectives", "end", 1),
                ("Series with figures", "end", 1),
                ("Commitments", "end", 1.2),
                ("Through objectives", "end", 1),
            ),
            rows,
        ),
    )


def targets(writer: Writer, views: tuple[TargetView, ...]) -> Chapter:
    """Target by target."""
    blocks: list[Block] = marks_legend(writer)
    for view in views:
        blocks += target_chapter(writer, view)
    return tuple(blocks)


def target_chapter(writer: Writer, view: TargetView) -> list[Block]:
    """One target: ties, statistics, commitments."""
    anchor = f"target-{view.provision.code}"
    blocks: list[Block] = [
        heading(2, anchor, "Target ", code(view.provision.code), ": ", marked(view.provision.label)),
        Facts(
            (
                (
                    phrase("Objectives of the Compact"),
                    joined([(code(number),) for number in dict.fromkeys(link.from_code for link in view.links)])
                    or EMPTY,
                ),
                (phrase("Source of the tie"), joined([marked(t) for t in tie_sources(view)], "; ") or EMPTY),
            )
        ),
    ]
    for statistic in view.statistics:
        blocks += statistic_blocks(writer, statistic, level=3)
    if not view.statistics:
        blocks.append(paragraph("No figure is held for this target."))
    if view.direct:
        blocks.append(
            commitment_table(
                writer, view.direct, phrase("Commitments tied to target ", code(view.provision.code)), f"{anchor}-table"
            )
        )
    else:
        blocks.append(paragraph("No commitment is tied to this target itself."))
    if view.through:
        blocks.append(
            BulletList((phrase("Through objectives of the Compact: ", joined([(code(c),) for c in view.through])),))
        )
    return blocks


def tie_sources(view: TargetView) -> list[str]:
    """Where the ties of a target are stated, each once."""
    return list(dict.fromkeys(link.locator for link in view.links))


CHAPTERS: dict[str, Callable[[Writer, tuple[TargetView, ...]], Chapter]] = {
    "reading": reading,
    "glance": glance,
    "targets": targets,
    "conflicts": lambda writer, _: closing.conflicts(writer),
    "methods": lambda writer, _: closing.methods(writer),
}


def sdg_paper(data: ReviewData, content_hash: str) -> PrintedPaper:
    """The paper as blocks."""
    views = target_views(data)
    shown = frozenset(statistic.indicator for view in views for statistic in view.statistics)
    writer = Writer(data, objective_links=False, shown=shown)
    known = template(TEMPLATE)
    blocks: list[Block] = [Contents(phrase("Contents"), 2)]
    for section in known.sections:
        blocks.append(heading(1, section.key, marked(section.heading)))
        if section.key == "annexes":
            blocks += closing.annexes(writer, cited_in(blocks))
        else:
            blocks += CHAPTERS[section.key](writer, views)
    cover = front.cover(writer, content_hash, "paper.json")
    return PrintedPaper(
        title=f"{data.place_name}: migration in the Sustainable Development Goals",
        language=writer.language,
        direction=direction(writer.language),
        running_head=front.running_head(data),
        marking=data.marking,
        date=data.as_of,
        cover=Cover(cover.title, phrase(marked(known.title)), cover.facts, cover.notice),
        blocks=tuple(blocks),
        chart_css=CHART_CSS,
        description=f"Migration in the Sustainable Development Goals: {data.place_name}, as of {data.as_of}.",
    )


def paper_json(data: ReviewData) -> bytes:
    """The paper as data: targets with the codes of what stands under each, and the figures."""
    tree = {
        "format": "waymark-sdg-paper/1",
        "place": data.place,
        "as_of": data.as_of,
        "audience": data.audience,
        "marking": data.marking,
        "targets": [
            {
                "target": view.provision.code,
                "label": view.provision.label,
                "objectives": sorted({int(link.from_code) for link in view.links}),
                "statistics": [asdict(statistic) for statistic in view.statistics],
                "commitments": [asdict(item) for item in view.direct],
                "through_objectives": list(view.through),
            }
            for view in target_views(data)
        ],
        "sources": [asdict(source) for source in data.sources],
    }
    return dump_json(tree)


def starts(data: ReviewData) -> dict[str, Start]:
    """The headings of the paper that begin a file."""
    anchors = {f"target-{view.provision.code}": view.statistics for view in target_views(data)}
    return {**FILES, **{anchor: own_page(data, anchor, statistics) for anchor, statistics in anchors.items()}}


def sdg_files(data: ReviewData) -> dict[str, bytes]:
    """All files of the paper by name, `MANIFEST` last."""
    content = paper_json(data)
    paper = sdg_paper(data, digest(content))
    beside = {
        "paper.pdf": render_pdf(paper),
        "paper.docx": render_docx(paper),
        "paper.json": content,
        **data_files(data),
    }
    files = {**web_pages(paper, data, starts(data), beside), **beside}
    return {**files, "MANIFEST": manifest(files, pdf_remarks(paper))}
