"""PDF to passages, beside the plain text extraction of the same library in the same run.

Goals (issue 3, section 5): at most 3 times the CPU of the floor, at most 0.2 glued words per 1,000. The floor opens
each file with pypdfium2 and takes `get_textpage().get_text_range()` of every page: no order, no repaired spaces, no
headings, no flags. Ours is `parse_pdf`, `cut` and the language of each passage. Floor and ours take turns; the ratio is
the median of the ratios of the turns, in CPU time.

Glued words are counted with poppler's `pdftotext` as the second reader that says where spaces are: a word of ours is
glued when poppler has no such word on the page, and it is exactly two or three neighbouring words of a line there,
letters only, at least two letters each. A word is split when it is the other way round. Memory is the greatest resident
size of a process of its own that reads one file: the longest of the folder, and a written one of 10,000 pages, which is
cut at the limit. Without the real files, two documents of our own words are set by Typst, in one and in two columns.
"""

import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import typst

from bench.machine import write
from waymark.engines.documents.parsers.pdf.reader import parse_pdf
from waymark.engines.documents.passages import cut
from waymark.engines.documents.words.language import language_of

GOAL_RATIO, GOAL_GLUED = 3.0, 0.2
RUNS = 7
LONG = 10_000
LETTERS = re.compile(r"[^\W\d_]+")
VOCABULARY = """
States should assess how policies help migrants and what they need in every place of origin transit and destination with
data that are collected used and protected by authorities which work for all people
"""
WORDS = VOCABULARY.split()


def run(data: Path | None = None) -> dict[str, Any]:
    """Measure with the PDF files in folder `data`, else with generated ones."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        real = sorted((data / "documents" if (data / "documents").is_dir() else data).rglob("*.pdf")) if data else []
        files = real or generated(folder)
        ours, floor = turns(files)
        ratios = [one / other for one, other in zip(ours, floor, strict=True)]
        pages = sum(page_count(path) for path in files)
        longest = max(files, key=page_count)
        return {
            "input": "real" if real else "generated",
            "files": len(files),
            "pages": pages,
            "floor_cpu_median": statistics.median(floor),
            "waymark_cpu_median": statistics.median(ours),
            "ratio": statistics.median(ratios),
            "ratio_min": min(ratios),
            "ratio_max": max(ratios),
            "goal_ratio": GOAL_RATIO,
            "pages_per_cpu_second": pages / statistics.median(ours),
            **spaces(files),
            "goal_glued_per_1000": GOAL_GLUED,
            "peak_mib_before_reading": peak(None),
            "peak_mib_longest": peak(longest),
            "pages_longest": page_count(longest),
            "peak_mib_10000_pages": peak(endless(folder)),
        }


def turns(files: list[Path]) -> tuple[list[float], list[float]]:
    """CPU seconds of ours and of the floor, in turns, after one turn that does not count."""
    ours, floor = [], []
    for turn in range(RUNS + 1):
        times = [cpu(lambda: [plain(path) for path in files]), cpu(lambda: [passages(path) for path in files])]
        if turn:
            floor.append(times[0])
            ours.append(times[1])
    return ours, floor


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def passages(path: Path) -> int:
    """Number of passages of a file."""
    return len(cut(parse_pdf(path), language_of=language_of).passages)


def plain(path: Path) -> int:
    """Number of letters of a file, taken as the library gives them."""
    letters = 0
    document = pypdfium2.PdfDocument(path)
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        letters += len(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return letters


def page_count(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def spaces(files: list[Path]) -> dict[str, Any]:
    """Glued and split words per 1,000, and how many words were compared."""
    words = glued = split = 0
    for path in files:
        parsed = parse_pdf(path)
        done = subprocess.run(["pdftotext", "-q", str(path), "-"], capture_output=True, check=True)
        for index, text in enumerate(done.stdout.decode("utf-8", "replace").split("\f")[: len(parsed.pages)]):
            ours = [block.text for block in parsed.blocks if block.page == index]
            theirs = text.splitlines()
            words += sum(len(LETTERS.findall(line)) for line in ours)
            glued += joined(ours, theirs)
            split += joined(theirs, ours)
    return {"words": words, "glued_per_1000": 1000 * glued / words, "split_per_1000": 1000 * split / words}


def joined(lines: list[str], others: list[str]) -> int:
    """How many words of `lines` are two or three neighbouring words of `others`."""
    split = [LETTERS.findall(line) for line in others]
    known = {word for line in split for word in line}
    together = {a + b for line in split for a, b in pairwise(line) if len(a) > 1 and len(b) > 1}
    for line in split:
        together |= {a + b + c for (a, b), (_, c) in pairwise(pairwise(line)) if min(map(len, (a, b, c))) > 1}
    found = [word for line in lines for word in LETTERS.findall(line)]
    return sum(word in together and word not in known for word in found)


def generated(folder: Path) -> list[Path]:
    """Two documents of our own words, one and two columns, by a fixed seed."""
    draw = random.Random(0)
    files = []
    for columns in (1, 2):
        parts = [
            f"= Chapter {number}\n" + "\n\n".join(" ".join(draw.choices(WORDS, k=90)) + "." for _ in range(6))
            for number in range(120)
        ]
        source = f'#set page(columns: {columns}, numbering: "1")\n#set par(justify: true)\n' + "\n\n".join(parts)
        path = folder / f"{columns}.pdf"
        path.write_bytes(typst.compile(source.encode()))
        files.append(path)
    return files


def endless(folder: Path) -> Path:
    """A file of 10,000 pages with 40 lines each."""
    draw = random.Random(0)
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(R=pdf.make_indirect(font)))
    for _ in range(LONG):
        lines = [f"1 0 0 1 60 {780 - 16 * row} Tm ({' '.join(draw.choices(WORDS, k=11))}) Tj" for row in range(40)]
        content = pdf.make_stream(f"BT /R 11 Tf {' '.join(lines)} ET".encode())
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842], Resources=fonts, Contents=content)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    path = folder / "endless.pdf"
    pdf.save(path)
    return path


def peak(path: Path | None) -> float:
    """Greatest resident size, in MiB, of a process that reads the file, or only starts."""
    words = [sys.executable, "-m", "bench.pdf", "--peak", *([str(path)] if path else [])]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def main(words: list[str]) -> None:
    """Measure and write the result; with --peak [FILE] print the greatest resident size."""
    if words[:1] == ["--peak"]:
        for name in words[1:]:
            passages(Path(name))
        status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage would tell the parent's peak too
        print(float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024)
        return
    result = run(Path(words[0]) if words else None)
    print(write("pdf", result).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
