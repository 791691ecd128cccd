"""`waymark report`: only frameworks that have a template; built in test_review.py beside the review."""

import pytest

from waymark.interfaces.cli.main import main


def test_a_framework_without_template_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["report", "GEO", "--framework", "upr", "--out", "x"])
    assert stop.value.code == 2
    assert "choose from 'sdg'" in capsys.readouterr().err.replace("sdg)", "'sdg')").replace("''", "'")
