"""Marks beside figures: when a figure is old, and in which language a mark stands."""

from waymark.engines.printing.remarks import is_old, marks


def test_a_figure_is_old_after_five_calendar_years():
    assert is_old("2020", "2026-05-08")
    assert not is_old("2021", "2026-05-08")
    assert not is_old("2020-2024", "2026-05-08")
    assert is_old("2016-2020", "2026-05-08")


def test_marks_in_a_language_without_phrases_say_so():
    assert marks(["old"], language="fr")[0].lang == "en"
