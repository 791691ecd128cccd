"""Writes docs/images/review.png from the built review of Orvenia: `python -m docs.pictures [folder of the reviews]`.

Two pieces of the page, as Chromium shows it at 1280 px, lie side by side under the marking of the demonstration. Needs
Debian's Chromium and the test requirements.
"""

import base64
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PICTURE = Path(__file__).parent / "images" / "review.png"
MOST_BYTES = 200_000
"""The picture loads on slow links too."""

PIECE_LEFT, PIECE_WIDTH, PIECE_HEIGHT = 128, 832, 836
"""Where the text column stands in a page of 1280 px, how wide a piece is and how high, in pixels."""

PIECES = ("The country at a glance", "Objective 6: Recruitment and decent work")
"""Headings at which the pieces begin."""

SHRINK = 604 / PIECE_WIDTH
"""Chromium draws the pieces at the size they are shown, so that letters stay sharp and the file small."""

FRAME = """<!doctype html><style>
body {{ margin: 0; width: 1280px; background: #e9edef; font: 15px/1 system-ui, sans-serif; color: #1b1f24 }}
p {{ margin: 0; padding: 14px; text-align: center; background: #fff; border-bottom: 1px solid #1b1f24 }}
div {{ display: flex; gap: 24px; padding: 24px }}
img {{ width: 604px; border: 1px solid #c8d0d4; background: #fff }}
</style><p>{marking}</p><div>{images}</div>"""


def piece(page: Page, heading: str) -> bytes:
    """The page from a heading on, as a picture. Raises IndexError when there is no such heading."""
    places: list[float] = page.evaluate(
        "words => [...document.querySelectorAll('h2, h3')].filter(one => one.textContent.includes(words))"
        ".map(one => one.getBoundingClientRect().top + scrollY)",
        heading,
    )
    top = places[0] - 24
    area = {"x": PIECE_LEFT, "y": top, "width": PIECE_WIDTH, "height": PIECE_HEIGHT}
    return page.screenshot(clip=area, full_page=True)  # type: ignore[arg-type]  # a clip is a plain mapping


def draw(review: Path) -> bytes:
    """The picture, PNG, from the `index.html` of a review."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=SHRINK)
        page.goto(review.resolve().as_uri())
        marking = page.locator(".marking").first.inner_text()
        pieces = [base64.b64encode(piece(page, heading)).decode() for heading in PIECES]
        images = "".join(f'<img src="data:image/png;base64,{one}">' for one in pieces)
        frame = browser.new_page(viewport={"width": 1280, "height": 400})
        frame.set_content(FRAME.format(marking=marking, images=images))
        picture = frame.screenshot(full_page=True)
        browser.close()
    return picture


def main() -> int:
    """Write the picture; return 1 when it is too large."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/review")
    picture = draw(folder / "QOR-imrf-2026" / "index.html")
    if len(picture) > MOST_BYTES:
        sys.stderr.write(f"The picture has {len(picture):,} bytes; at most {MOST_BYTES:,} are wanted.\n")
        return 1
    PICTURE.write_bytes(picture)
    sys.stdout.write(f"{PICTURE}: {len(picture):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
