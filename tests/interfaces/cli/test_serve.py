"""What is refused before anything is served."""

from pathlib import Path
from typing import Any

import pytest

from waymark.gcm.errors import InputError
from waymark.interfaces.cli import serve
from waymark.interfaces.cli.main import parser_for

SAFE = {"INSTANCE": "geo-scmi", "LOOPBACK_ONLY": False, "SECRET_KEY": "a long one of our own"}
UNSAFE = {"INSTANCE": "local", "LOOPBACK_ONLY": True, "SECRET_KEY": "only-for-commands-that-serve-nothing"}
NAMED = {"INSTANCE": "WAYMARK_INSTANCE", "LOOPBACK_ONLY": "WAYMARK_HOSTS", "SECRET_KEY": "WAYMARK_SECRET_KEY"}


def given(settings: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)


@pytest.mark.parametrize("name", UNSAFE)
def test_outside_this_machine_each_unsafe_setting_is_named(settings: Any, name: str) -> None:
    given(settings, SAFE | {name: UNSAFE[name]})
    with pytest.raises(InputError, match=NAMED[name]):
        serve.refuse_unsafe()
    given(settings, SAFE)
    serve.refuse_unsafe()


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_there_is_not_is_refused_before_the_record_is_opened(port: int) -> None:
    words = parser_for(["serve"]).parse_args(["serve", "--port", str(port)])
    with pytest.raises(InputError, match="from 1 to 65535"):
        serve.run(words)


def test_reviews_are_offered_where_some_were_built(settings: Any, tmp_path: Path) -> None:
    serve.offer_reviews(tmp_path)
    assert settings.REVIEWS_DIR is None
    (tmp_path / "index.html").write_text("<title>Reviews</title>", encoding="utf-8")
    serve.offer_reviews(tmp_path)
    assert tmp_path.resolve() == settings.REVIEWS_DIR
