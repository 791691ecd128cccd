"""Nobody reads in a built review what they may not read in the record: it looks for canary words."""

import io
import re
import unicodedata
import zipfile
from xml.etree import ElementTree

import pypdfium2
import pytest

from tests.queries.world import Built


def squeezed(text: str) -> str:
    """Letters only, so that a line break or hyphen inside a word hides nothing."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalpha())


def words_of(name: str, content: bytes) -> str:
    """All text of one built file, whatever its format."""
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(content) as pdf:
            text = "".join(page.get_textpage().get_text_range() for page in pdf)
        return squeezed(text) + squeezed(content.decode("latin-1"))
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [archive.read(member) for member in archive.namelist()]
        parts = []
        for member in members:
            try:
                parts.append("".join(ElementTree.fromstring(member).itertext()))
            except ElementTree.ParseError:
                continue
        return squeezed("".join(parts)) + squeezed(b"".join(members).decode("utf-8", "replace"))
    return squeezed(content.decode())


@pytest.mark.parametrize("audience", ["public", "network"])
def test_no_hidden_word_in_any_file(built: Built, audience: str) -> None:
    forbidden = set(built.world.hidden_words)
    if audience == "public":
        forbidden |= built.world.network_words
    assert len(forbidden) > 40
    for name, content in built.files[audience].items():
        text = words_of(name, content)
        assert sorted(word for word in forbidden if word in text) == [], f"{name} made for the {audience}"


def test_no_hidden_word_in_the_report_by_target(built: Built) -> None:
    text = built.sdg.decode() + built.sdg_page.decode()
    assert "qor-m-1" in text
    assert not re.search("zqnetw|zqrestr", text)


def test_the_network_reads_its_own_words(built: Built) -> None:
    files = built.files["network"]
    pages = "".join(words_of(name, files[name]) for name in files if name.endswith(".html"))
    told = {name: words_of(name, files[name]) for name in ("review.json", "review.docx", "review.pdf")}
    for name, text in {**told, "pages": pages}.items():
        found = {word for word in built.world.network_words if word in text}
        assert len(found) >= 12, f"{name} shows {sorted(found)}"


def test_each_file_says_for_whom_it_is_made(built: Built) -> None:
    for audience, words in (("public", "madeforthepublic"), ("network", "madeformembersofthenetwork")):
        page = re.sub(rb"<[^>]*>", b"", built.files[audience]["index.html"])
        assert words in words_of("index.html", page)
        for name in ("review.docx", "review.pdf"):
            assert words in words_of(name, built.files[audience][name])


def test_counts_of_the_public_review_do_not_give_the_hidden_away(built: Built) -> None:
    public = {item.code for o in built.data["public"].objectives for item in o.commitments}
    network = {item.code for o in built.data["network"].objectives for item in o.commitments}
    assert network - public == {"qor-net"}
    assert not {"qor-res", "qor-str"} & network


def test_returned_and_submitted_reports_are_for_the_network_only(built: Built) -> None:
    def states(audience: str) -> set[str]:
        items = [item for o in built.data[audience].objectives for item in o.commitments]
        return {report.state for item in items for report in item.reports}

    assert states("public") == {"accepted"}
    assert states("network") == {"accepted", "returned"}


def test_a_hidden_body_in_an_open_commitment_is_not_named(built: Built) -> None:
    item = next(item for item in built.data["public"].objectives[3].commitments if item.code == "qor-m-5")
    assert item.partners == ("an organisation that is not named here",)
