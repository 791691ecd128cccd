"""A sandbox that holds parsers which misbehave."""

from collections.abc import Callable, Iterator

import pytest

from waymark.engines.documents.sandbox import Sandbox


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Sandbox]]:
    """A maker of sandboxes whose extra parser `acts` runs the named function of the given module."""
    open_ones: list[Sandbox] = []
    with pytest.MonkeyPatch.context() as patch:

        def make(source: str) -> Sandbox:
            folder = tmp_path_factory.mktemp("plugin")
            module = f"acts_{folder.name}".replace("-", "_")
            (folder / f"{module}.py").write_text(source)
            meta = folder / f"{module}-1.dist-info"
            meta.mkdir()
            (meta / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n")
            (meta / "entry_points.txt").write_text(f"[waymark.parsers]\nacts = {module}:PARSER\n")
            patch.syspath_prepend(str(folder))
            sandbox = Sandbox()
            open_ones.append(sandbox)
            return sandbox

        yield make
        for sandbox in open_ones:
            sandbox.close()
