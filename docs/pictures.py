"""Writes docs/images/review.png from the built review of Orvenia: `python -m docs.pictures [folder of the reviews]`.

Two pieces of the page, as Chromium shows it at 1280 px, lie side by side under the marking of the demonstration. Needs
Debian's Chromium and the test requirements.
"""

import base64
import sys
from pathlib import Path

from playwright.sync_api import FloatRect, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PICTURE = Path(__file__).parent / "images" / "review.png"
WINDOW = ViewportSize(width=1280, height=900)
MOST_BYTES = 200_000
"""The picture loads on slow links too."""

PIECES = (
    ("index.html", "What matters first"),
    ("chapters/objective-6.html", "Objective 6: Recruitment and decent work"),
)
"""Pages with the headings at which the pieces begin. Each ends below the first chart after its heading."""

SHOWN = 530
"""How wide a piece is in the picture, in pixels."""

EDGE = 24
"""Paper around a piece, in pixels of the page."""

MEASURE = """words => {
  const heading = [...document.querySelectorAll('h1, h2')].find(one => one.textContent.includes(words))
  const after = one => heading.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
  const seen = one => one.getBoundingClientRect().width > 0
  const chart = [...document.querySelectorAll('svg')].find(one => after(one) && seen(one)).getBoundingClientRect()
  const start = heading.getBoundingClientRect()
  return [start.left, start.top + scrollY, chart.right, chart.bottom + scrollY]
}"""
"""Left and top of a heading, right and bottom of the first chart after it, in pixels of the page."""

FRAME = """<!doctype html><style>
body {{ margin: 0; width: 1136px; background: #e9edef; font: 15px/1 system-ui, sans-serif; color: #1b1f24 }}
p {{ margin: 0; padding: 14px; text-align: center; background: #fff; border-bottom: 1px solid #1b1f24 }}
div {{ display: flex; gap: 24px; padding: 24px }}
img {{ width: {shown}px; border: 1px solid #c8d0d4; background: #fff }}
</style><p>{marking}</p><div>{images}</div>"""


def draw(review: Path) -> bytes:
    """The picture, PNG, from the folder of a review."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        places = []
        page = browser.new_page(viewport=WINDOW)
        for name, heading in PIECES:
            page.goto((review / name).resolve().as_uri())
            places.append(page.evaluate(MEASURE, heading))
        marking = page.locator(".marking").first.inner_text()
        width = max(right - left for left, _, right, _ in places) + 2 * EDGE
        height = max(bottom - top for _, top, _, bottom in places) + EDGE + EDGE // 3
        # Drawn at the size they are shown, so that letters stay sharp and the file small.
        page = browser.new_page(viewport=WINDOW, device_scale_factor=SHOWN / width)
        images = ""
        for (name, _), (left, top, _, _) in zip(PIECES, places, strict=True):
            page.goto((review / name).resolve().as_uri())
            area = FloatRect(x=left - EDGE, y=top - EDGE, width=width, height=height)
            shot = base64.b64encode(page.screenshot(clip=area, full_page=True)).decode()
            images += f'<img src="data:image/png;base64,{shot}">'
        frame = browser.new_page(viewport=WINDOW)
        frame.set_content(FRAME.format(shown=SHOWN, marking=marking, images=images))
        picture = frame.locator("body").screenshot()
        browser.close()
    return picture


def main() -> int:
    """Write the picture; return 1 when it is too large."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/review")
    picture = draw(folder / "QOR-imrf-2026")
    if len(picture) > MOST_BYTES:
        sys.stderr.write(f"The picture has {len(picture):,} bytes; at most {MOST_BYTES:,} are wanted.\n")
        return 1
    PICTURE.write_bytes(picture)
    sys.stdout.write(f"{PICTURE}: {len(picture):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
