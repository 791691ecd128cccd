"""Report templates: sections in order, prompts, marks, what they repeat over."""

import pytest

from waymark.gcm import templates, vocabulary
from waymark.gcm.errors import NotFoundError

EVERY = [templates.template(code) for code in templates.template_codes()]


def test_the_templates_and_their_sections() -> None:
    assert {one.code: [section.key for section in one.sections] for one in EVERY} == {
        "regional-review": ["introduction", "summary", "findings", "practices", "recommendations", "annex"],
        "sdg-paper": ["reading", "glance", "targets", "conflicts", "methods", "annexes"],
        "voluntary-gcm-review": [
            "glance", "reading", "numbers", "participation", "positions", "principles", "objectives", "recommended",
            "follow-up", "comparison", "conflicts", "methods", "annexes",
        ],
    }  # fmt: skip


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.code)
def test_each_section_is_complete(one: templates.Template) -> None:
    assert one.version
    assert one.title
    assert one.locator
    assert vocabulary.sources(one.source)
    for section in one.sections:
        assert section.heading
        assert section.prompt.endswith(".")
        assert section.mark in vocabulary.SHOWN
        assert section.scope in templates.SCOPES


def test_headings_of_ours_are_marked() -> None:
    assert {section.mark for section in templates.template("voluntary-gcm-review").sections} == {"proposal"}
    assert {section.mark for section in templates.template("regional-review").sections} == {"verified"}
    assert templates.template("voluntary-gcm-review").mark == "proposal"


def test_what_a_section_repeats_over() -> None:
    review = templates.template("voluntary-gcm-review")
    sections = {section.key: section for section in review.sections}
    assert sections["objectives"].objectives == tuple(str(number) for number in range(1, 24))
    assert sections["reading"].objectives == ()
    some = templates.TemplateSection("k", "H", "P.", "objectives 9 10", "proposal")
    assert some.objectives == ("9", "10")


def test_unknown_templates_are_refused() -> None:
    with pytest.raises(NotFoundError, match="one of regional-review, sdg-paper, voluntary-gcm-review"):
        templates.template("../cycles/cycles")
