"""Judge how a page looks to a machine: axe finds nothing, and nothing overflows sideways."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
WIDTHS = ((DESK, Axe()), (PHONE, Axe(axe_script="0")))
"""At the second width the page holds the half megabyte of axe already."""
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}


def faults(page: Page) -> Iterator[str]:
    """Yield what is wrong with the page as it stands, on a desk and on a phone."""
    for width, axe in WIDTHS:
        page.set_viewport_size(width)  # type: ignore[arg-type]
        where = f"{page.url} {width['width']}px"
        for found in axe.run(page, options=ONLY_VIOLATIONS).response["violations"]:
            places = ", ".join(str(node["target"]) for node in found["nodes"])
            yield f"{where}: {found['id']} at {places}"
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            yield f"{where}: overflows sideways"
        if page.get_by_role("heading", level=1).count() != 1:
            yield f"{where}: not exactly one first heading"
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
