"""A wall behind which parsers misbehave."""

from collections.abc import Callable, Iterator

import pytest

from waymark.engines.files.walls.kinds import DOCUMENT
from waymark.engines.files.walls.wall import Wall


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Wall]]:
    """A maker of walls whose extra parser `acts` runs the named function of the given module."""
    open_ones: list[Wall] = []
    with pytest.MonkeyPatch.context() as patch:

        def make(source: str) -> Wall:
            folder = tmp_path_factory.mktemp("plugin")
            module = f"acts_{folder.name}".replace("-", "_")
            (folder / f"{module}.py").write_text(source)
            meta = folder / f"{module}-1.dist-info"
            meta.mkdir()
            (meta / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n")
            (meta / "entry_points.txt").write_text(f"[waymark.parsers]\nacts = {module}:PARSER\n")
            patch.syspath_prepend(str(folder))
            wall = Wall(DOCUMENT)
            open_ones.append(wall)
            return wall

        yield make
        for wall in open_ones:
            wall.close()
