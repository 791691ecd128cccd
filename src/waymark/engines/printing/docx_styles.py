"""The style sheet, numbering and page frame of a paper in DOCX, made from the same tokens as HTML and PDF."""

import re

from waymark.engines.printing.blocks import PrintedPaper
from waymark.engines.printing.docx_words import NAMESPACES, escaped, field, language_mark, paragraph, plain_run
from waymark.engines.printing.reading import label
from waymark.engines.printing.tokens import COLOURS, LINES, OFFICE_FONT, SIZES, SPACES, points

TWIPS = 20
"""Twentieths of a point: the unit of space in DOCX; type is in halves of a point."""
BRIEF_TYPE, BRIEF_SPACE, BRIEF_LEADING = 0.8, 0.4, 252
"""Of the type and the space of a report, what a brief has; its line in 240ths of one."""
BRIEF_TITLE, BRIEF_HEAD, BRIEF_LEAST = 40, 21, 13
"""Half points of the title of a brief, of its largest other type, and of its smallest."""
SIZE = re.compile(r'(<w:sz(?:Cs)? w:val=")(\d+)"')
LEADING = re.compile(r'(w:line=")\d+"')
MATTER = re.compile(r'<w:style [^>]*w:styleId="Matter(?:Source)?">.*?</w:style>')
SPACE = re.compile(r'(w:(?:before|after)=")(\d+)"')
BULLETS, NUMBERS = 1, 2
"""Numbering definitions: the signs of lists, and the pattern that each ordered list starts anew."""


def hexadecimal(name: str) -> str:
    """A colour of light paper as DOCX writes it."""
    return (COLOURS.get(name) or LINES[name]).light.removeprefix("#").upper()


def twips(step: int) -> int:
    """A step of space in twips."""
    return round(points(SPACES[step - 1]) * TWIPS)


def letters(step: int) -> int:
    """A type size in half points."""
    return round(points(SIZES[step]) * 2)


def style(
    code: str,
    name: str,
    *,
    kind: str = "paragraph",
    based: str = "Normal",
    para: str = "",
    letter: str = "",
    extra: str = "",
) -> str:
    """One style; `code` is its id, `name` the name that office programs know it by."""
    default = ' w:default="1"' if code == "Normal" else ""
    base = f'<w:basedOn w:val="{based}"/>' if based and code != "Normal" else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{code}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"{f'<w:pPr>{para}</w:pPr>' if para else ''}{f'<w:rPr>{letter}</w:rPr>' if letter else ''}{extra}</w:style>"
    )


def look(size: int = 1, *, colour: str = "", bold: bool = False, half_points: int = 0) -> str:
    """Run properties: weight, colour, size."""
    size = half_points or letters(size)
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{hexadecimal(colour)}"/>' if colour else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def spacing(before: int, after: int, line: int = 0) -> str:
    """Space above and below as steps; `line` in 240ths of a line."""
    above, below = (twips(step) if step else 0 for step in (before, after))
    rule = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{above}" w:after="{below}"{rule}/>'


def heading_styles() -> str:
    """Heading 1 to 4."""
    made = ""
    for level, (size, before, after) in enumerate(((4, 7, 4), (3, 6, 3), (2, 5, 3), (1, 4, 2)), start=1):
        para = f'<w:keepNext/><w:keepLines/>{spacing(before, after, 264)}<w:outlineLvl w:val="{level - 1}"/>'
        made += style(f"Heading{level}", f"heading {level}", para=para, letter=look(size, bold=True))
    return made


def contents_styles() -> str:
    """Entries of the contents, level 1 to 4, small and close enough for one page, their page number at the far edge.

    No dots lead there: until the reader's program has filled them in, the numbers are missing.
    """
    made = ""
    for level in range(1, 5):
        indent = f'<w:ind w:left="{(level - 1) * twips(5)}" w:right="567"/>'
        tabs = '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
        made += style(
            f"TOC{level}",
            f"toc {level}",
            para=tabs + spacing(1 if level == 1 else 0, 0, 240) + indent,
            letter=look(half_points=19),
        )
    return made


def paragraph_styles() -> str:
    """Styles of everything but headings, contents and tables."""
    edge = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{hexadecimal("rule")}"/></w:pBdr>'
    muted = look(0, colour="muted")
    hanging = f'{spacing(0, 1, 264)}<w:ind w:left="567" w:hanging="567"/>'
    bullet = f'<w:numPr><w:numId w:val="{BULLETS}"/></w:numPr>{spacing(0, 1)}'
    caption = f"<w:keepNext/><w:keepLines/>{spacing(5, 2)}"
    return (
        style("Title", "Title", para=f"<w:keepNext/>{spacing(8, 3, 264)}", letter=look(5, bold=True))
        + style("Subtitle", "Subtitle", para=spacing(0, 6, 264), letter=look(3, colour="muted"))
        + style("ContentsTitle", "TOC Heading", para=f"<w:keepNext/>{spacing(5, 4)}", letter=look(3, bold=True))
        + style("Lead", "Lead", letter=look(half_points=25))
        + style("Source", "Source", para=spacing(2, 5), letter=muted)
        + style("Caption", "caption", para=caption, letter=look(half_points=21))
        + style("DataCaption", "Data caption", para=f"<w:keepNext/>{spacing(2, 1)}", letter=muted)
        + style("Chart", "Chart", para=f"<w:keepNext/>{spacing(0, 2)}")
        + style("Cell", "Table cell", para=spacing(0, 0, 252), letter=look(half_points=18))
        + style("Matter", "What matters", para=spacing(0, 0, 264), letter=look(half_points=23))
        + style(
            "MatterSource",
            "Source of what matters",
            para=spacing(1, 1, 252),
            letter=look(half_points=16, colour="muted"),
        )
        + style("NoticeTitle", "Notice title", para=f"<w:keepNext/>{spacing(3, 1)}", letter="<w:b/><w:bCs/>")
        + style("ListBullet", "List Bullet", para=bullet)
        + style("ListNumber", "List Number", para=spacing(0, 1))
        + style("SourceEntry", "Source entry", para=hanging, letter=look(0))
        + style("SourceRow", "Sources in a row", para=spacing(0, 1, 264), letter=look(0))
        + style("Header", "header", para=edge + spacing(0, 0, 252), letter=look(0, colour="muted"))
        + style("Marking", "Marking", based="Header", letter=look(0, colour="ink"))
        + style("Footer", "footer", para=f'{spacing(0, 0)}<w:jc w:val="right"/>', letter=muted)
    )


def character_styles() -> str:
    """Styles of runs. Links are underlined: colour alone would not tell them from their line."""
    accent = f'<w:color w:val="{hexadecimal("accent")}"/>'
    letters_of = {
        "Strong": "<w:b/><w:bCs/>",
        "Emphasis": "<w:i/><w:iCs/>",
        "Muted": f'<w:color w:val="{hexadecimal("muted")}"/>',
        "Hyperlink": f'{accent}<w:u w:val="single"/>',
        "Citation": f'{accent}<w:vertAlign w:val="superscript"/>',
    }
    return "".join(style(name, name, kind="character", based="", letter=letter) for name, letter in letters_of.items())


def table_styles() -> str:
    """Rules between rows, a head that stands out; and the same without a head."""
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{hexadecimal("rule")}"'
    head = f'w:val="single" w:sz="8" w:space="0" w:color="{hexadecimal("ink")}"'
    cell = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    inner = f"<w:bottom {rule}/><w:insideH {rule}/></w:tblBorders><w:tblCellMar>{cell}</w:tblCellMar></w:tblPr>"
    first = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders><w:bottom {head}/>'
        f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{hexadecimal("wash")}"/></w:tcPr></w:tblStylePr>'
    )
    opening = "<w:tblPr><w:tblBorders><w:top "
    return style("Report", "Report table", kind="table", based="", extra=f"{opening}{head}/>{inner}{first}") + style(
        "Plain", "Plain table", kind="table", based="", extra=f"{opening}{rule}/>{inner}"
    )


def styles_xml(paper: PrintedPaper, scale: float = 1.0) -> str:
    """The whole style sheet, with the paper's language as its default.

    `scale` makes a brief smaller, and of a report what matters first.
    """
    bidi = "<w:bidi/>" if paper.direction == "rtl" else ""
    fonts = "".join(f' w:{script}="{OFFICE_FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
    sheet = (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>"
        f"{look(colour='ink', half_points=21)}{language_mark(paper.language)}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing(0, 3, 300)}</w:pPr></w:pPrDefault></w:docDefaults>"
        + style("Normal", "Normal", para=bidi)
        + heading_styles()
        + contents_styles()
        + paragraph_styles()
        + character_styles()
        + table_styles()
        + "</w:styles>"
    )
    if paper.form == "report":
        return sheet if scale == 1 else MATTER.sub(lambda found: smaller_matter(found[0], scale), sheet)
    return smaller(sheet, scale)


def smaller_matter(style: str, scale: float) -> str:
    """The style of what matters first, or of its sources, with smaller letters and less space."""
    style = SIZE.sub(lambda found: f'{found[1]}{max(round(int(found[2]) * scale), BRIEF_LEAST)}"', style)
    return SPACE.sub(lambda found: f'{found[1]}{round(int(found[2]) * scale)}"', style)


def smaller(sheet: str, scale: float) -> str:
    """A style sheet with the type and the space of a brief."""
    sheet = SIZE.sub(lambda found: f'{found[1]}{brief_letters(int(found[2]), scale)}"', sheet)
    sheet = SPACE.sub(lambda found: f'{found[1]}{round(int(found[2]) * BRIEF_SPACE * scale)}"', sheet)
    return LEADING.sub(lambda found: f'{found[1]}{BRIEF_LEADING}"', sheet)


def brief_letters(size: int, scale: float) -> int:
    """The type of a brief, in half points: that of a report made smaller, heads no larger than what matters."""
    if size >= letters(5):
        return round(BRIEF_TITLE * scale)
    return max(
        min(round(size * BRIEF_TYPE), BRIEF_HEAD, round(min(size * BRIEF_TYPE, BRIEF_HEAD) * scale)), BRIEF_LEAST
    )


def numbering_xml(ordered: int) -> str:
    """Signs of lists, and `ordered` lists that each start at one."""

    def level(form: str, sign: str) -> str:
        return (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>'
        )

    lists = "".join(
        f'<w:num w:numId="{NUMBERS + number}"><w:abstractNumId w:val="{NUMBERS}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in range(ordered)
    )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="{BULLETS}"><w:multiLevelType w:val="singleLevel"/>'
        f'{level("bullet", "–")}</w:abstractNum><w:abstractNum w:abstractNumId="{NUMBERS}">'
        f'<w:multiLevelType w:val="singleLevel"/>{level("decimal", "%1.")}</w:abstractNum>'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>{lists}</w:numbering>'
    )


def header_xml(paper: PrintedPaper) -> str:
    """Running head, and the sentence that must be seen on every page."""
    bidi = paper.direction == "rtl"
    lines = [paragraph("Header", plain_run(paper.running_head, bidi), bidi=bidi)] if paper.running_head else []
    if paper.marking:
        lines.append(paragraph("Marking", plain_run(paper.marking, bidi), bidi=bidi))
    return f"<w:hdr {NAMESPACES}>{''.join(lines) or paragraph('Header', '', bidi=bidi)}</w:hdr>"


def footer_xml(paper: PrintedPaper) -> str:
    """Page x of y, counted by the reader's program."""
    bidi = paper.direction == "rtl"
    page, of = (escaped(label(paper, key)) for key in ("page", "of"))
    words = plain_run(f"{page} ", bidi) + field("PAGE", "1") + plain_run(f" {of} ", bidi) + field("NUMPAGES", "1")
    return f"<w:ftr {NAMESPACES}>{paragraph('Footer', words, bidi=bidi)}</w:ftr>"
