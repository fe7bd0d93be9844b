"""Prove that no template needs inline script or style, and that the script stays in one file."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx script attribute": re.compile(r"<[^>]*\shx-on", re.IGNORECASE),
    "script without address": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "address outside this machine": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//"),
}


def offences(text: str) -> list[str]:
    """Return what a page holds that the content policy forbids."""
    return [name for name, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_page_obeys_the_content_policy(page):
    assert offences(page.read_text()) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('<td style="width: 5%">', "style attribute"),
        ("<style>p { color: red }</style>", "style element"),
        ('<button type="button" onclick="go()">', "event attribute"),
        ('<form hx-on:submit="go()">', "htmx script attribute"),
        ("<script>go()</script>", "script without address"),
        ('<script src="//cdn.example/x.js"></script>', "address outside this machine"),
    ],
)
def test_a_planted_offence_is_found(planted, found):
    assert found in offences(planted)


def test_every_form_that_posts_carries_the_token():
    forms = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", re.S | re.I)
    bare = [
        str(page.relative_to(TEMPLATES))
        for page in PAGES
        for form in forms.findall(page.read_text())
        if "{% csrf_token %}" not in form
    ]
    assert bare == []


BARE_SCROLLERS = re.compile(
    r"<(?:div|section)\b(?=[^>]*\bclass=\"[^\"]*\b(?:table-scroll|table-responsive|flow-chart)\b)"
    r"(?!(?=[^>]*\btabindex=\"0\")(?=[^>]*\brole=\"region\")(?=[^>]*\baria-label=\"[^\"]))[^>]*>"
)


def test_what_scrolls_sideways_can_be_reached_by_keyboard_and_has_a_name():
    bare = {
        str(page.relative_to(TEMPLATES)): found
        for page in PAGES
        if (found := BARE_SCROLLERS.findall(page.read_text()))
    }
    assert bare == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<div class="table-scroll">',
        '<div class="table-scroll" tabindex="0" role="region">',
        '<div class="mb-3 table-scroll" role="region" aria-label="名册">',
        '<div class="table-scroll" tabindex="0" role="region" aria-label="">',
    ],
)
def test_a_planted_bare_scroller_is_found(planted):
    assert BARE_SCROLLERS.search(planted)
