"""Make PDF and page images out of frozen words with typst; the same words give the same file."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings

from documents import fonts

TEMPLATES = settings.BASE_DIR / "templates" / "papers"
PREVIEW_PPI = 110

# One compiler, one user at a time: it keeps fonts and templates read between papers.
_compiling = Lock()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts.book(), ignore_system_fonts=True)


def _compile(words: str, template: str, on: date, **options: Any) -> Any:
    """Compile a template over words given as JSON text; they are data, never markup."""
    inputs = {
        "words": words,
        "fonts": json.dumps(fonts.chains()),
        "day": json.dumps([on.year, on.month, on.day]),
    }
    with _compiling:
        return _compiler().compile(str(TEMPLATES / f"{template}.typ"), sys_inputs=inputs, **options)


def pdf(words: str, template: str, on: date, *, archival: bool = True) -> bytes:
    """Return the PDF of the words; archival means PDF/A-2b, impossible where glyphs are missing."""
    standards = ["a-2b"] if archival else []
    made: bytes = _compile(words, template, on, format="pdf", pdf_standards=standards)
    return made


@lru_cache(maxsize=16)
def page_images(words: str, template: str, on: date) -> tuple[bytes, ...]:
    """Return one PNG image per page."""
    made = _compile(words, template, on, format="png", ppi=PREVIEW_PPI)
    return tuple(made) if isinstance(made, list) else (made,)


PICTURE_PAGE = """#set page(paper: "a4", margin: 20mm)
#align(center + horizon, image("/{name}", format: "{kind}", fit: "contain", height: 100%))
"""


def picture(path: Path, kind: str) -> bytes:
    """Return a page with a kept picture (jpg, png) on it, by a compiler that sees its folder only.

    Its own compiler: the one of papers is bound to the folder of templates.
    """
    source = PICTURE_PAGE.format(name=path.name, kind=kind).encode()
    made: bytes = typst.compile(source, root=path.parent, format="pdf", ignore_system_fonts=True)
    return made
