"""A paper as DOCX that an officer can go on writing in: real headings, native contents, tables, charts, captions."""

import io
import json
import zipfile
from datetime import UTC, datetime

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from waymark.engines.printing import svg
from waymark.engines.printing.blocks import Beside, Contents, Figure, Matters, PrintedPaper
from waymark.engines.printing.docx_body import TEXT_TWIPS, Body
from waymark.engines.printing.docx_room import Reckoning
from waymark.engines.printing.docx_styles import footer_xml, header_xml, numbering_xml, styles_xml
from waymark.engines.printing.docx_words import NAMESPACES
from waymark.engines.printing.reading import every_block, printable
from waymark.engines.printing.tokens import BRIEF_MARGIN_MM, PAGE_HEIGHT_MM, PAGE_MARGIN_MM, PAGE_WIDTH_MM, PRINT_FONT
from waymark.engines.printing.typesetting import to_png

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the file: the earliest that ZIP can say."""
DOTS_PER_PIXEL = 2
SCALES = (1.0, 0.95, 0.9, 0.85)
"""How much smaller a brief may be set, step by step, and on how many pages it stands."""
BRIEF_PAGES = 2
MATTER_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8)
"""How much smaller the sentences of a report may be set that share a page with their picture."""
AFTER_UPDATE = frozenset(qn(f"w:{name}") for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids"))
"""What may stand right after updateFields in the settings (ECMA-376 part 1, CT_Settings), of what the file has."""
CHARTS = b"""#set page(margin: 0pt, height: auto)
#let charts = json(bytes(sys.inputs.document))
#for chart in charts { page(width: chart.width * 0.75pt, image(bytes(chart.svg), format: "svg", width: 100%)) }
"""


def render_docx(paper: PrintedPaper) -> bytes:
    """`paper` as DOCX. Same paper, same bytes: entries are sorted and carry one fixed time. No file is written.

    Charts are PNG with their SVG original beside them. Words use the reader's own fonts, so every script can be given.
    Raises ValueError for a paper that is not well made (see `reading.plan`) or a chart that is not safe.
    """
    package = OfficePackage(paper)
    body = Body(paper, package)
    made = body.render()
    scale = scale_of(paper, made) or SCALES[-1]
    return package.finish(made, body.ordered, scale)


def scale_of(paper: PrintedPaper, body: str) -> float | None:
    """How much smaller a brief is set so that each of its parts keeps to its page, in whatever font; of a report what
    matters first, so that its picture stands on its page. None where even the smallest is too large."""
    width = TEXT_TWIPS[paper.form] / 20
    if paper.form == "report":
        if not any(isinstance(block, Matters) for block in paper.blocks):
            return MATTER_SCALES[0]
        head = header_xml(paper)
        parts = ((scale, Reckoning(styles_xml(paper, scale)).to_picture(body, head, width)) for scale in MATTER_SCALES)
        return next((scale for scale, part in parts if part <= 1), MATTER_SCALES[-1])
    for scale in SCALES:
        pages = Reckoning(styles_xml(paper, scale)).pages(body, header_xml(paper), width)
        if len(pages) <= BRIEF_PAGES and max(pages) <= 1:
            return scale
    return None


def fits(paper: PrintedPaper) -> bool:
    """Whether two pages hold a brief in office programs, in whatever font."""
    return scale_of(paper, Body(paper, Unmade(paper)).render()) is not None


class Unmade:
    """A file that is not made: the body is asked for its size alone."""

    def __init__(self, paper: PrintedPaper) -> None:
        self.paper = paper

    def link(self, address: str) -> str:
        """No relationship."""
        del address
        return ""

    def chart(self, block: Figure) -> tuple[str, str, float, float]:
        """No picture, but its size."""
        return "", "", *svg.print_size(svg.print_shape(block.svg, block.narrow_svg))


class OfficePackage:
    """The parts of one DOCX: charts and links are added while the body is written."""

    def __init__(self, paper: PrintedPaper) -> None:
        self.paper = paper
        self.file = docx.Document()
        self.links: dict[str, str] = {}
        self.charts = 0
        blocks = list(every_block(paper))
        sides = [side for block in blocks if isinstance(block, Beside) for side in (*block.blocks, block.figure)]
        self.beside = frozenset(side.anchor for side in sides if isinstance(side, Figure))
        charts = [self.shape(block) for block in blocks if isinstance(block, Figure)]
        self.pictures = dict(zip(charts, pictures(charts), strict=True))

    def link(self, address: str) -> str:
        """The relationship id of an outside address, one for each address."""
        if address not in self.links:
            self.links[address] = self.file.part.relate_to(address, RELATION.HYPERLINK, is_external=True)
        return self.links[address]

    def chart(self, block: Figure) -> tuple[str, str, float, float]:
        """Add a chart; relationship ids of its PNG and SVG, width and height in pixels."""
        source = self.shape(block)
        part = self.file.part
        self.charts += 1
        png, _ = part.get_or_add_image(io.BytesIO(self.pictures[source]))
        name = PackURI(f"/word/media/chart{self.charts}.svg")
        original = Part(name, "image/svg+xml", source.encode(), part.package)
        return png, part.relate_to(original, RELATION.IMAGE), *svg.print_size(source)

    def shape(self, block: Figure) -> str:
        """The shape of a chart that is printed: the narrow one where it stands beside words on paper."""
        small = block.narrow_svg if block.anchor in self.beside else ""
        return small or svg.print_shape(block.svg, block.narrow_svg)

    def finish(self, body: str, ordered: int, scale: float) -> bytes:
        """The bytes of the file around a finished body."""
        file = self.file
        parsed = parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>")
        section = file.element.body.sectPr
        for child in [child for child in file.element.body if child is not section]:
            file.element.body.remove(child)
        for child in list(parsed):
            section.addprevious(child)
        replace(file.styles.element, styles_xml(self.paper, scale))
        replace(file.part.numbering_part.element, numbering_xml(ordered))
        self.set_page()
        self.set_fields()
        self.set_properties()
        saved = io.BytesIO()
        file.save(saved)
        return repacked(saved.getvalue())

    def set_page(self) -> None:
        """A4, margins, header and footer."""
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM)
        margin = Mm(PAGE_MARGIN_MM if self.paper.form == "report" else BRIEF_MARGIN_MM)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
        section.header_distance = section.footer_distance = Mm(10)
        for part, xml in ((section.header, header_xml(self.paper)), (section.footer, footer_xml(self.paper))):
            part.is_linked_to_previous = False
            replace(part.part.element, xml)
        if self.paper.direction == "rtl":
            mark = parse_xml(f"<w:bidi {NAMESPACES}/>")
            grid = section._sectPr.find(qn("w:docGrid"))
            grid.addprevious(mark) if grid is not None else section._sectPr.append(mark)

    def set_fields(self) -> None:
        """Ask the reader's program to fill in the contents when it opens the file."""
        if any(isinstance(block, Contents) for block in self.paper.blocks):
            mark = parse_xml(f'<w:updateFields {NAMESPACES} w:val="true"/>')
            settings = self.file.settings.element
            after = next((child for child in settings if child.tag in AFTER_UPDATE), None)
            after.addprevious(mark) if after is not None else settings.append(mark)

    def set_properties(self) -> None:
        """What the file says about itself; nothing of the machine that made it."""
        properties = self.file.core_properties
        day = datetime.fromisoformat(self.paper.date).replace(tzinfo=UTC)
        properties.title = printable(self.paper.title)[:255]
        properties.subject = printable(self.paper.description)[:255]
        properties.language = self.paper.language
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.created = properties.modified = day.replace(tzinfo=None)
        properties.revision = 1
        relations = self.file.part.package.rels
        for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
            del relations[key]


def replace(element: "docx.oxml.xmlchemy.BaseOxmlElement", xml: str) -> None:
    """Put the children of `xml`'s root in place of the element's own."""
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(xml)):
        element.append(child)


def pictures(charts: list[str]) -> list[bytes]:
    """The charts as PNG, all drawn in one run of the typesetter."""
    drawn = [{"svg": svg.for_print(chart, PRINT_FONT), "width": svg.print_size(chart)[0]} for chart in charts]
    return to_png(CHARTS, json.dumps(drawn), 96 * DOTS_PER_PIXEL) if drawn else []


def repacked(data: bytes) -> bytes:
    """The same entries sorted, with one time, so that the bytes depend on the content alone."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        # The list of content types comes first, as readers of streams expect.
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return made.getvalue()
