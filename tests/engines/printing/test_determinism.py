import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.engines.printing.samples import rich, right_to_left
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf

SCRIPT = """
from tests.engines.printing.test_determinism import digests
print("\\n".join(digests()))
"""


def digests() -> list[str]:
    return [
        hashlib.sha256(render(paper)).hexdigest()
        for paper in (rich(), right_to_left())
        for render in (render_html, render_pdf, render_docx)
    ]


def test_the_same_document_gives_the_same_bytes_in_another_process() -> None:
    again = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tbilisi"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert again.stdout.split() == digests()


def test_a_second_rendering_in_the_same_process_gives_the_same_bytes() -> None:
    assert digests() == digests()
