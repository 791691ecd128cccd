"""Whatever the words, they arrive in all three formats."""

import io
from collections import Counter
from html.parser import HTMLParser
from unicodedata import category, normalize

import docx
import pypdfium2
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.printing.samples import holding
from waymark.engines.printing.blocks import PrintedPaper, Run
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.fonts import held, unsupported_scripts
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf
from waymark.engines.printing.reading import printable

RANGES = ((0x21, 0x7E), (0xC0, 0x17F), (0x386, 0x3CE), (0x410, 0x44F), (0x531, 0x556), (0x5D0, 0x5EA), (0x10D0, 0x10F0))
PRINTED = sorted(chr(code) for first, last in RANGES for code in range(first, last + 1) if chr(code) in held())
words = st.lists(st.text(st.sampled_from(PRINTED), min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


class Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data


def html_text(paper: PrintedPaper) -> str:
    return Words(render_html(paper).decode().split("<main", 1)[1]).text


def docx_text(paper: PrintedPaper) -> str:
    file = docx.Document(io.BytesIO(render_docx(paper)))
    return "".join(part.text or "" for part in file.element.body.iter(qn("w:t")))


def pdf_text(paper: PrintedPaper) -> str:
    with pypdfium2.PdfDocument(render_pdf(paper)) as file:
        return "".join(page.get_textpage().get_text_bounded() for page in list(file)[1:])


def letters(text: str) -> Counter[str]:
    """Letters and marks of a text, order aside: readers of PDF give right-to-left words in the order they are drawn."""
    return Counter(c for c in normalize("NFKC", text) if category(c)[0] in "LN")


@given(words)
@settings(max_examples=40)
def test_words_of_printed_scripts_survive_into_all_formats(text: str) -> None:
    paper = holding(Run(text))
    assert text in html_text(paper)
    assert text in docx_text(paper)
    assert not letters(text) - letters(pdf_text(paper))


@given(st.text(max_size=60))
@settings(max_examples=50)
def test_any_text_survives_into_html_and_docx(text: str) -> None:
    paper = holding(Run(f"[{text}]"))
    kept = printable(f"[{text}]")
    assert "".join(kept.split()) in "".join(html_text(paper).split())
    assert "".join(kept.split()) in "".join(docx_text(paper).split())


@given(st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), max_size=30))
@settings(max_examples=60)
def test_a_text_is_either_printed_or_named_as_missing(text: str) -> None:
    paper = holding(Run(text))
    if not unsupported_scripts(paper):
        assert render_pdf(paper).startswith(b"%PDF")
