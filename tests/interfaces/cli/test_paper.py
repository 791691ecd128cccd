"""`waymark paper`: only frameworks that have a template; built in test_review.py beside the review."""

import pytest

from waymark.interfaces.cli.main import main


def test_a_framework_without_template_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["paper", "GEO", "--framework", "upr", "--out", "x"])
    assert stop.value.code == 2
    assert "choose from 'sdg'" in capsys.readouterr().err.replace("sdg)", "'sdg')").replace("''", "'")


def test_the_former_name_of_the_command_says_the_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "QOR", "--framework", "sdg", "--out", "x"]) == 2
    assert capsys.readouterr().err == "waymark report: this command is called `waymark paper` now.\n"
