"""The kinds of job that are done behind the wall: a closed list, each with its code, its limits and its words.

A job is named by the path of its function, so that this package need not import the engines that own the jobs. The
list is code: nothing in a file, an option or a record can name another function.
"""

from dataclasses import dataclass, field

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    `seconds` by the clock; `computing` seconds of processor; `memory` bytes beyond what an idle child has; `file_bytes`
    the size of the file; `result_bytes` the size of what is read from it.
    """

    seconds: float = 180.0
    computing: int = 150
    memory: int = 1024 * MEGABYTE
    file_bytes: int = 512 * MEGABYTE
    result_bytes: int = 64 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job.

    `job` ("module:function") takes a `child.Task` and sends what it reads; `preload` is called once in the helper
    process, before the children are forked, "" when each child loads its code itself, as it must when that code starts
    threads. `threads` lets the child have threads; its memory is then watched from outside, because what libraries
    with threads reserve says little about what they use. `programs` lets a request ask for starting programs, `folders`
    lets a folder be given. `results` is the number of files the child may write.

    `whole`, `again` and `divide` are said when a file breaks its reader: what is expected, how to mend it, how to make
    it smaller; `noun` is what such a file is called.
    """

    name: str
    job: str
    preload: str = ""
    threads: bool = False
    programs: bool = False
    folders: bool = False
    results: int = 0
    limits: Limits = field(default_factory=Limits)
    noun: str = "document"
    whole: str = "a whole file of its kind, as office programs write it."
    again: str = "Save it again, or as PDF."
    divide: str = "Divide it."


DOCUMENT = Kind(
    "document",
    job="waymark.engines.documents.job:run",
    preload="waymark.engines.documents.job:load",
    programs=True,
)

SHEET = Kind(
    "sheet",
    job="waymark.engines.sheets.job:run",
    preload="waymark.engines.sheets.job:load",
    results=1,
    limits=Limits(seconds=90.0, computing=60, memory=600 * MEGABYTE, file_bytes=512 * MEGABYTE),
    noun="sheet",
    whole="a whole workbook or table, as office programs write it.",
    again="Open it in the office program and save it again.",
    divide="Delete what is not needed, or divide it.",
)

STATISTICS = Kind(
    "statistics",
    job="waymark.engines.indicators.job:run",
    threads=True,
    folders=True,
    results=2,
    limits=Limits(
        seconds=7200.0, computing=7200, memory=4096 * MEGABYTE, file_bytes=8192 * MEGABYTE, result_bytes=8192 * MEGABYTE
    ),
    noun="table",
    whole="a whole table or archive, as its publisher gives it out.",
    again="Get it again from its publisher, or save it as CSV in UTF-8.",
    divide="Divide it, or keep only the series that are needed.",
)

WORKBOOK_LIMITS = Limits(
    seconds=600.0, computing=600, memory=800 * MEGABYTE, file_bytes=512 * MEGABYTE, result_bytes=1024 * MEGABYTE
)
"""What one workbook of statistics may cost: its cells are read within 600 MiB; the rest is Python and Arrow."""
