"""Where observations lie: Parquet files beside their manifests, in the data folder and in the catalogue.

A dataset is a folder `<root>/<id>/` with `observations.parquet`, `rejects.parquet` and `manifest.json`. It appears and
is replaced by renaming whole folders, so that a reader never sees half of one. PyArrow is loaded when observations are
read, not to list what there is.
"""

import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.engines.indicators.assessment import KEY
from waymark.engines.indicators.manifest import Manifest, read_manifest
from waymark.gcm.errors import InputError, NotFoundError, StoreError
from waymark.gcm.files import catalogue_path

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc

OBSERVATIONS_FILE, REJECTS_FILE, MANIFEST_FILE = "observations.parquet", "rejects.parquet", "manifest.json"
LOOKS, PAUSE = 3, 0.02
"""How often, and after how many seconds, a reader looks again for a dataset that is being replaced."""

INCOMING, FORMER = ".incoming-", ".former-"
ORDER = [(name, "ascending") for name in (*KEY, "year", "period", "dataset")]


class Observations(ABC):
    """Datasets that can be asked for observations."""

    @abstractmethod
    def datasets(self) -> tuple[Manifest, ...]:
        """The manifests, in order of id."""

    @abstractmethod
    def paths(self) -> list[Path]:
        """The Parquet files of observations, in order of dataset."""

    def manifest(self, dataset: str) -> Manifest:
        """The manifest of one dataset. Raises NotFoundError when there is none of this id."""
        for known in self.datasets():
            if known.id == dataset:
                return known
        names = ", ".join(known.id for known in self.datasets()) or "none"
        raise NotFoundError(
            f"dataset {dataset}",
            "There is no such dataset",
            expected=f"one of: {names}",
            todo="Look at waymark data list",
        )

    def observations(
        self, *, series: Collection[str] | None = None, places: Collection[str] | None = None
    ) -> "pa.Table":
        """The observations of these series and places (all, when None), in the schema OBSERVATIONS, sorted by key."""
        import pyarrow.dataset

        from waymark.engines.indicators.schema import OBSERVATIONS

        files = [str(path) for path in self.paths()]
        if not files:
            return OBSERVATIONS.empty_table()
        with readable(*files):
            table = pyarrow.dataset.dataset(files, schema=OBSERVATIONS, format="parquet").to_table(
                filter=_filter(series, places)
            )
            table = table.cast(OBSERVATIONS)
        return table.sort_by(ORDER)


class Store(Observations):
    """The datasets of one folder, such as `var/datasets`. The folder may not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.recover()

    def datasets(self) -> tuple[Manifest, ...]:
        """See `Observations.datasets`."""
        for _ in range(LOOKS):
            with suppress(InputError):  # between the two renames of a replacement a folder is away for a moment
                return self._manifests()
            time.sleep(PAUSE)
        return self._manifests()

    def _manifests(self) -> tuple[Manifest, ...]:
        return tuple(read_manifest(folder / MANIFEST_FILE) for folder in self._folders())

    def paths(self) -> list[Path]:
        """See `Observations.paths`."""
        return [folder / OBSERVATIONS_FILE for folder in self._folders()]

    def rejects(self, dataset: str) -> "pa.Table":
        """The rejected rows of a dataset, in the schema REJECTS. Raises NotFoundError."""
        import pyarrow.parquet

        path = self.root / self.manifest(dataset).id / REJECTS_FILE
        with readable(str(path)):
            return pyarrow.parquet.ParquetFile(path).read()

    def rows_of(self, dataset: str) -> "pa.Table":
        """The observations of one dataset, as they lie in its file. Raises NotFoundError."""
        import pyarrow.parquet

        from waymark.engines.indicators.schema import OBSERVATIONS

        path = self.root / self.manifest(dataset).id / OBSERVATIONS_FILE
        with readable(str(path)):
            return pyarrow.parquet.ParquetFile(path).read().cast(OBSERVATIONS)

    def _folders(self) -> list[Path]:
        """The folders of datasets, in order of id; also one that lost its manifest, which is then refused by name."""
        return dataset_folders(self.root)

    def recover(self) -> None:
        """Bring back datasets whose replacement was cut off between its two renames."""
        for former in sorted(self.root.glob(f"{FORMER}*")) if self.root.is_dir() else ():
            target = self.root / former.name.removeprefix(FORMER)
            if not target.exists():
                former.rename(target)


class Bundle(Observations):
    """The figures that come with Waymark: one Parquet file, and a manifest per dataset it was compiled from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def datasets(self) -> tuple[Manifest, ...]:
        """See `Observations.datasets`."""
        return tuple(sorted(map(read_manifest, self.folder.glob("manifests/*.json")), key=lambda known: known.id))

    def paths(self) -> list[Path]:
        """See `Observations.paths`."""
        path = self.folder / OBSERVATIONS_FILE
        return [path] if path.exists() else []


@contextmanager
def readable(*files: str) -> Iterator[None]:
    """Put into words that a file of figures is damaged or missing. Raises StoreError that names the first such file."""
    from pyarrow import ArrowException
    from pyarrow.parquet import read_metadata

    try:
        yield
    except (ArrowException, OSError) as error:
        for file in files:
            try:
                read_metadata(file)
            except (ArrowException, OSError) as problem:
                raise _unreadable(file, problem) from error
        raise _unreadable(", ".join(files), error) from error


def _unreadable(file: str, problem: Exception) -> StoreError:
    words = " ".join(str(problem).split())
    return StoreError(
        f"{file}: these figures cannot be read: the file is missing or damaged ({words[:200]}). Nothing was changed. "
        "Bring the folder of the dataset back from a backup, or remove it and add the dataset again from its source "
        "file; `waymark data check` says of each dataset whether it is whole."
    )


def dataset_folders(root: Path) -> list[Path]:
    """The folders of datasets, in order of id; what is being written has a name with a dot before it."""
    return sorted(path for path in root.iterdir() if path.is_dir() and path.name[0] != ".") if root.is_dir() else []


def bundled() -> Bundle:
    """The figures bundled in the catalogue."""
    return Bundle(catalogue_path("observations"))


def all_observations(
    *stores: Observations,
    series: Collection[str] | None = None,
    places: Collection[str] | None = None,
    newest: bool = True,
) -> "pa.Table":
    """The observations of several stores, sorted by key; a dataset that two stores have is taken from the first.

    With `newest`, a series that several datasets carry is taken from the one with the latest vintage, of two alike from
    the one whose id comes last. The rule is ours; the others stay in their stores; ask for them without `newest`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from waymark.engines.indicators.schema import OBSERVATIONS

    tables: list[pa.Table] = []
    ranks: dict[str, tuple[str, str]] = {}
    for store in stores:
        table = store.observations(series=series, places=places)
        tables.append(table.filter(pc.invert(pc.is_in(table.column("dataset"), pa.array(list(ranks), pa.string())))))
        for known in store.datasets():
            ranks.setdefault(known.id, (vintage(known), known.id))
    if not tables:
        return OBSERVATIONS.empty_table()
    table = pa.concat_tables(tables)
    return (_newest(table, ranks) if newest else table).sort_by(ORDER)


def vintage(manifest: Manifest) -> str:
    """When a dataset was released; where nobody noted it, its last year, because it cannot be older than that."""
    return str(manifest.years[1]) if manifest.released == "unknown" else manifest.released


def _newest(table: "pa.Table", ranks: dict[str, tuple[str, str]]) -> "pa.Table":
    """The rows of each series' newest dataset."""
    import pyarrow as pa
    import pyarrow.compute as pc

    pairs = table.group_by(["series", "dataset"]).aggregate([]).to_pylist()
    best: dict[str, str] = {}
    for pair in pairs:
        held = best.get(pair["series"])
        if held is None or ranks.get(pair["dataset"], ("", pair["dataset"])) > ranks.get(held, ("", held)):
            best[pair["series"]] = pair["dataset"]
    if len(pairs) == len(best):
        return table
    position = pc.index_in(table.column("series"), pa.array(list(best), pa.string()))
    return table.filter(pc.equal(table.column("dataset"), pa.array(list(best.values()), pa.string()).take(position)))


def _filter(series: Collection[str] | None, places: Collection[str] | None) -> "pc.Expression | None":
    """The condition on series and places, None when there is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted: Sequence[tuple[str, Collection[str] | None]] = (("series", series), ("place", places))
    condition = None
    for name, values in wanted:
        if values is not None:
            here = pc.field(name).isin(pa.array(sorted(values), pa.string()))
            condition = here if condition is None else condition & here
    return condition


def remove(folder: Path) -> None:
    """Delete a folder if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
