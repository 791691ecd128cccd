"""Reading order, tables, headings and furniture: each defect was seen on a page of a real document."""

import pytest

from waymark.engines.documents.model import Flag
from waymark.engines.documents.parsers.pdf.reader import parse_pdf

LEFT = [
    "States should build on",
    "consultations and on the",
    "reviews they have made",
    "in the years before, so",
    "that no work is lost.",
]
RIGHT = [
    "A box at the side tells",
    "another story about the",
    "cities which welcomed",
    "migrants and about how",
    "they learned from it.",
]


def blocks(path):
    return [(block.kind, block.text) for block in parse_pdf(path).blocks]


def texts(path):
    return [block.text for block in parse_pdf(path).blocks]


def column(draw, x, y, lines, *, size=10, pitch=12):
    return "".join(draw.text(x, y + pitch * number, line, size=size) for number, line in enumerate(lines))


def test_columns_are_read_one_after_the_other_whatever_the_order_in_the_file(written, draw):
    left, right = column(draw, 50, 100, LEFT), column(draw, 220, 103, RIGHT)
    expected = [" ".join(LEFT), " ".join(RIGHT)]
    assert texts(written([left + right])) == expected
    assert texts(written([right + left])) == expected
    mixed = "".join(
        column(draw, x, 100 + 12 * n, [line]) for n in range(5) for x, line in ((50, LEFT[n]), (220, RIGHT[n]))
    )
    assert texts(written([mixed])) == expected


def test_a_line_over_the_whole_width_ends_the_columns(written, draw):
    page = column(draw, 50, 100, LEFT) + column(draw, 220, 100, RIGHT)
    page += draw.text(50, 180, "This sentence runs over both columns and closes the page.", size=10)
    assert texts(written([page]))[-1] == "This sentence runs over both columns and closes the page."


def test_three_columns(written, draw):
    page = column(draw, 30, 100, LEFT) + column(draw, 160, 100, RIGHT) + column(draw, 290, 100, LEFT)
    assert texts(written([page])) == [" ".join(LEFT), " ".join(RIGHT), " ".join(LEFT)]


def test_labels_beside_texts_between_ruled_lines_are_rows(written, draw):
    # A table of sources: labels in the middle of their cells, texts of several lines, rules between the rows.
    page = draw.text(50, 112, "Government", size=10) + draw.text(50, 124, "agencies", size=10)
    page += column(draw, 160, 106, ["Databases of the World Bank", "and of national human", "rights institutions."])
    page += draw.rule(50, 140, 300) + draw.text(50, 160, "Censuses", size=10)
    page += column(draw, 160, 155, ["Portals for data on migration", "of international bodies."])
    parsed = parse_pdf(written([page]))
    assert [(block.kind, block.text) for block in parsed.blocks] == [
        ("row", "Government agencies | Databases of the World Bank and of national human rights institutions."),
        ("row", "Censuses | Portals for data on migration of international bodies."),
    ]
    assert parsed.pages[0].flags == (Flag.TABLE,)


def test_a_long_label_that_leaves_a_narrow_gap_keeps_its_cell(written, draw):
    # A list of acronyms: the longest one leaves less than a gutter, its text goes on below.
    page = draw.text(50, 100, "ABCDEFG") + draw.text(118, 100, "Convention on All Forms of Discrimination")
    page += draw.text(118, 114, "and of Exclusion")
    for number, (label, words) in enumerate([("ABC", "Annual Budget of Cities"), ("DEF", "Data for Each Family")]):
        page += draw.text(50, 128 + 14 * number, label) + draw.text(118, 128 + 14 * number, words)
    assert texts(written([page])) == [
        "ABCDEFG | Convention on All Forms of Discrimination and of Exclusion",
        "ABC | Annual Budget of Cities",
        "DEF | Data for Each Family",
    ]


def test_texts_in_a_grid_are_read_cell_by_cell(written, draw):
    # Cards with a text each, side by side: no line of one card mixes with its neighbour.
    cards = [
        ["Collect and use exact", "data as a basis for", "policies of evidence"],
        ["Ensure fair and ethical", "recruitment that gives", "people decent work"],
    ]
    page = ""
    for row in range(3):
        page += column(draw, 50, 100 + 60 * row, cards[0]) + column(draw, 220, 100 + 60 * row, cards[1])
    assert texts(written([page])) == [" ".join(cards[0])] * 3 + [" ".join(cards[1])] * 3


def test_a_justified_line_with_wide_gaps_stays_a_line(typeset):
    source = """#set text(hyphenate: false)
#set par(justify: true)
#block(width: 260pt)[Organize #h(1fr) stakeholder #h(1fr) consultations #linebreak()
throughout all steps of the implementation and of review of it.]"""
    words = "Organize stakeholder consultations throughout all steps of the implementation and of review of it."
    assert blocks(typeset(source)) == [("paragraph", words)]


def test_two_boxes_with_stray_gaps_are_read_one_after_the_other(written, draw):
    # Justified text in narrow boxes: single words stand apart as if they were columns.
    left = ["Allows actors to stay", "within the scope of it.", "It helps with", "knowing the text and"]
    page = draw.text(80, 100, "Advantages", size=10) + column(draw, 80, 112, left)
    page += draw.text(290, 100, "Disadvantages", size=10) + draw.text(240, 112, "May", size=10)
    page += draw.text(280, 112, "limit", size=10) + draw.text(325, 112, "wide", size=10)
    page += column(draw, 240, 124, ["discussion of topics", "which matter and are", "not to be explored."])
    rest = "May limit wide discussion of topics which matter and are not to be explored."
    assert " ".join(texts(written([page]))) == f"Advantages {' '.join(left)} Disadvantages {rest}"


def test_text_outside_the_visible_box_is_not_read(written, draw):
    # Pages cut from spreads keep the letters of their neighbour beyond the edge.
    page = draw.text(50, 100, "This page is seen.") + draw.text(500, 100, "This one is not.")
    assert texts(written([page], box=(0, 0, 840, 595), crop=(0, 0, 420, 595))) == ["This page is seen."]


def test_a_large_bullet_does_not_disturb_its_line(written, draw):
    page = draw.text(50, 100, "A first paragraph stands above the list of the page.")
    page += draw.text(50, 130, "\u203a\u203a", size=26) + draw.text(80, 130, "Goals look at what compels people to")
    page += draw.text(50, 144, "migrate in the first place.")
    assert blocks(written([page]))[1] == ("item", "›› Goals look at what compels people to migrate in the first place.")


def test_a_paragraph_with_a_bold_beginning_is_no_heading(written, draw):
    page = "".join(draw.text(50, y, "The body of the page is set in light letters here.") for y in (40, 54, 68))
    page += draw.text(50, 100, "Verify whether global indicators, or others", font="B")
    page += draw.text(50, 114, "that exist,", font="B") + draw.text(109, 114, "can be used to measure progress.")
    last = blocks(written([page]))[-1]
    assert last == (
        "paragraph",
        "Verify whether global indicators, or others that exist, can be used to measure progress.",
    )


def test_headings_by_size_and_weight_with_levels(typeset):
    source = """#text(22pt)[*Design of policies*]\n\nThe design step includes the following actions.\n
#text(15pt)[*Use of this material*]\n\nBefore beginning, reflect on the questions.\n\n*Data protection*\n
It is critical to ensure privacy. This paragraph is here to be long enough to be the body of the document."""
    found = [(block.level, block.text) for block in parse_pdf(typeset(source)).blocks if block.kind == "heading"]
    assert found == [(1, "Design of policies"), (2, "Use of this material"), (3, "Data protection")]


def test_a_heading_in_two_colours_is_one(typeset):
    source = """#text(16pt)[*WHOLE OF GOVERNMENT #linebreak() #text(fill: blue)[IN PRACTICE]*]\n
The paragraph after it is set in the size of the body, and it is longer than the heading."""
    assert blocks(typeset(source))[0] == ("heading", "WHOLE OF GOVERNMENT IN PRACTICE")


def test_a_long_bold_text_is_no_heading(typeset):
    quotation = "The Compact promotes existing international obligations in relation to the rights of the child. " * 3
    assert [kind for kind, _ in blocks(typeset(f"*{quotation}*\n\nThe body goes on in light letters here."))] == [
        "paragraph"
    ] * 2


def test_items_of_lists_keep_their_marks(written, draw):
    # The letters of the list come after its texts in the file.
    page = draw.text(80, 100, "Collect data") + draw.text(80, 120, "Use them well") + draw.text(60, 100, "a.")
    page += draw.text(60, 120, "b.")
    assert blocks(written([page])) == [("item", "a. Collect data"), ("item", "b. Use them well")]


def test_running_heads_and_page_numbers_are_removed_and_label_the_pages(written, draw):
    pages = [
        draw.text(50, 40, "Guidance for governments", size=9)
        + draw.text(50, 150, f"Text of the page with the word {word}.")
        + draw.text(200, 570, f"{chapter} - {number}", size=9)
        for number, (word, chapter) in enumerate(
            [("one", "Start"), ("two", "Start"), ("three", "Middle"), ("four", "End")], 7
        )
    ]
    parsed = parse_pdf(written(pages))
    assert [block.text for block in parsed.blocks] == [
        f"Text of the page with the word {word}." for word in ("one", "two", "three", "four")
    ]
    assert [page.label for page in parsed.pages] == ["7", "8", "9", "10"]


def test_what_stands_on_two_of_many_pages_is_no_furniture(written, draw):
    pages = [draw.text(50, 40, "Twice") if number < 2 else draw.text(50, 300, f"Page {number}") for number in range(4)]
    assert texts(written(pages))[:2] == ["Twice", "Twice"]


def test_numbered_headings_at_the_top_of_each_page_stay(written, draw):
    pages = [
        draw.text(50, 50, f"Objective {number}", size=20)
        + draw.text(50, 200, "The text of this objective follows here.")
        for number in range(1, 6)
    ]
    assert texts(written(pages))[::2] == [f"Objective {number}" for number in range(1, 6)]


def test_labels_stored_in_the_file(written, draw):
    from pikepdf import Name

    pages = [draw.text(50, 300, f"Page {number}") for number in range(4)]
    labels = {0: {"/S": Name.r}, 2: {"/S": Name.D, "/St": 5}}
    assert [page.label for page in parse_pdf(written(pages, labels=labels)).pages] == ["i", "ii", "5", "6"]


def test_turned_text_stands_apart(written, draw):
    side = "BT /R 9 Tf 0 -1 1 0 390 500 Tm (Chapter on design) Tj ET\n"
    page = draw.text(50, 100, "The paragraph begins here and") + side + draw.text(50, 114, "ends here.")
    assert texts(written([page])) == ["The paragraph begins here and ends here.", "Chapter on design"]


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [(0, "1 0 0 1 50 500"), (90, "0 1 -1 0 100 50"), (180, "-1 0 0 -1 370 90"), (270, "0 -1 1 0 90 540")],
)  # fmt: skip
def test_a_page_that_is_shown_turned_is_read_upright(written, rotate, matrix):
    page = f"BT /R 12 Tf {matrix} Tm (First line of it) Tj 0 -14 Td (second line.) Tj ET"
    assert texts(written([page], rotate=rotate)) == ["First line of it second line."]


def test_small_roman_numerals_count_pages_too(written, draw):
    pages = [
        draw.text(50, 300, f"Preface {word}") + draw.text(200, 570, numeral, size=9)
        for word, numeral in (("one", "iii"), ("two", "iv"), ("three", "v"), ("four", "vi"))
    ]
    parsed = parse_pdf(written(pages))
    assert [page.label for page in parsed.pages] == ["iii", "iv", "v", "vi"]
    assert [block.text for block in parsed.blocks] == ["Preface one", "Preface two", "Preface three", "Preface four"]


def test_letters_printed_twice_are_read_once(written, draw):
    page = draw.text(50, 100, "Printed twice to look bold.") + draw.text(50.3, 100, "Printed twice to look bold.")
    assert texts(written([page])) == ["Printed twice to look bold."]


def test_ornaments_are_no_cells(written, draw):
    page = draw.text(50, 100, "as set out in the Compact, paragraph 15.") + draw.text(350, 106, '"', size=40)
    assert texts(written([page])) == ["as set out in the Compact, paragraph 15."]


def test_right_to_left_columns_are_read_from_the_right(typeset):
    one, two = "ملتزمون بجمع واستخدام بيانات دقيقة ومصنفة " * 6, "تعزيز توافر المسارات ومرونتها للهجرة النظامية " * 6
    path = typeset(
        f"#set text(lang: 'ar')\n#columns(2, gutter: 20pt)[{one}\n\n{two}]".replace("'", '"'), height="190pt"
    )
    assert texts(path)[0].startswith("ملتزمون")
    assert " ".join(texts(path)).split() == (one + two).split()


def test_lines_with_a_number_each_are_rows_of_a_contents_page(written, draw):
    entries = [("Guiding questions of the first step of it", "65"), ("Tool for meetings", "67"), ("Checklist", "79")]
    page = "".join(
        draw.text(50, 100 + 14 * n, words) + draw.text(330, 100 + 14 * n, number)
        for n, (words, number) in enumerate(entries)
    )
    assert texts(written([page])) == [f"{words} | {number}" for words, number in entries]


def test_a_label_beside_a_title_is_no_table(written, draw):
    page = draw.text(50, 100, "TOOL 2", size=10) + draw.text(140, 94, "Criteria for consultations", font="B", size=13)
    page += draw.text(140, 109, "of many people", font="B", size=13)
    page += "".join(draw.text(50, y, "Involve ministries at all levels of government.") for y in (150, 164, 178))
    assert blocks(written([page]))[:2] == [
        ("paragraph", "TOOL 2"),
        ("heading", "Criteria for consultations of many people"),
    ]


def test_a_dash_at_the_beginning_of_a_line_opens_no_item(written, draw):
    page = draw.text(50, 100, "The two days of the meeting in March") + draw.text(
        50, 114, "– in the capital – were full."
    )
    page += draw.text(50, 150, "– The first day") + draw.text(50, 164, "– The second day")
    assert blocks(written([page]))[0][0] == "paragraph"
    assert texts(written([page]))[0] == "The two days of the meeting in March – in the capital – were full."


def test_boxes_in_a_grid_with_other_widths_in_each_row(written, draw):
    # Three boxes over two: the gutters of the rows differ.
    page = column(draw, 60, 100, ["Violence of any kind", "against persons"]) + column(
        draw, 185, 100, ["Poverty of", "families"]
    )
    page += column(draw, 290, 100, ["Trade in", "people"])
    page += column(draw, 70, 136, ["Labour market and", "unequal pay, and no", "access to work"])
    page += column(draw, 220, 131, ["Discrimination in law", "and practice and bans", "on leaving a country"])
    assert texts(written([page]))[-2:] == [
        "Labour market and unequal pay, and no access to work",
        "Discrimination in law and practice and bans on leaving a country",
    ]


def test_a_footer_that_moves_up_on_some_pages_is_still_one(written, draw):
    pages = [
        draw.text(50, 200, f"The text of the {word} page.") + draw.text(50, y, "Process in six steps", size=9)
        for word, y in (("first", 560), ("second", 540), ("third", 560), ("fourth", 550))
    ]
    assert texts(written(pages)) == [f"The text of the {word} page." for word in ("first", "second", "third", "fourth")]


def test_cells_with_a_narrow_gutter(written, draw):
    page = draw.rule(40, 80, 330)
    rows = [("Action of it", "Expand options"), ("Objective to be addressed", "Enhance the availability")]
    for row, (label, words) in enumerate(rows):
        y = 100 + 50 * row
        page += draw.text(50, y, label) + draw.text(198, y, words) + draw.text(198, y + 14, "and the pathways")
        page += draw.rule(40, y + 25, 330)
    assert texts(written([page])) == [
        "Action of it | Expand options and the pathways",
        "Objective to be addressed | Enhance the availability and the pathways",
    ]
