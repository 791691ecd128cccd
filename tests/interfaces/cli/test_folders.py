"""The data folder of a command is that of the settings, also where the variable is set but empty."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("given", ["", "kept here", None])
def test_the_door_and_the_settings_name_one_folder(tmp_path: Path, given: str | None) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("WAYMARK_DATA", "DATABASE_URL")}
    if given is not None:
        environment["WAYMARK_DATA"] = given
    code = (
        "from waymark.config.settings import DATA_DIR\nfrom waymark.interfaces.cli.folders import data_folder\n"
        "print(DATA_DIR == data_folder(), DATA_DIR.name)"
    )
    run = [sys.executable, "-c", code]
    said = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == f"True {given or 'var'}\n"
