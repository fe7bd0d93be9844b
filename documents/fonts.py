"""Find the typefaces of official documents, and the characters none of them can show.

Fonts come from `.fonts/` of the project (Fandol: 仿宋, 楷体, 黑体, 宋体), from `FONT_DIRS` (an
office's own 仿宋_GB2312 or 方正小标宋) and from the package pylopdf-fonts-zh-cn (Noto). Fonts of
the machine are left out, so that the same words give the same file everywhere.
"""

from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

# Each chain: the office's own typeface, the free one of the same style, the last resort.
CHAINS = {
    "fang": ("FangSong_GB2312", "FangSong", "FandolFang", "FandolFang R", "Noto Serif SC"),
    "hei": ("SimHei", "FandolHei", "Noto Sans SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "FandolKai", "Noto Serif SC"),
    "song": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FandolSong", "Noto Serif SC"),
}
LAST_RESORTS = {"Noto Serif SC": "思源宋体", "Noto Sans SC": "思源黑体"}
STYLES = {"fang": "仿宋", "hei": "黑体", "kai": "楷体", "song": "小标宋"}


class NoFonts(RuntimeError):
    """Not one typeface of a chain is there."""


def directories() -> list[Path]:
    """Return the directories that are searched, the project's own first."""
    candidates = [
        settings.BASE_DIR / ".fonts",
        *map(Path, settings.FONT_DIRS),
        Path(pylopdf_fonts_zh_cn.serif_path()).parent,
    ]
    return [path for path in candidates if path.is_dir()]


@lru_cache(maxsize=1)
def book() -> typst.Fonts:
    """Return the fonts found, read once for the life of the process."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(path) for path in directories()],
    )


@lru_cache(maxsize=1)
def chains() -> dict[str, list[str]]:
    """Return for each style the families that are there, best first."""
    families = set(book().families())
    found = {
        style: [family for family in chain if family in families] for style, chain in CHAINS.items()
    }
    if not all(found.values()):
        raise NoFonts("缺少中文字体：请安装 pylopdf-fonts-zh-cn，或在 FONT_DIRS 中指定字体目录。")
    return found


def note() -> str:
    """Say in Chinese which styles had to fall back to the last resort; empty if none."""
    replaced = [
        f"{STYLES[style]}以{LAST_RESORTS[families[0]]}代替"
        for style, families in chains().items()
        if families[0] in LAST_RESORTS
    ]
    return f"未找到规定字体，{'，'.join(replaced)}。" if replaced else ""


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """Return every code point that some font found has a glyph for."""
    covered: set[int] = set()
    for path in {font.path for font in book().fonts() if font.path}:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            covered.update(font.getBestCmap() or {})
    return frozenset(covered)


def missing(characters: set[str]) -> str:
    """Return the characters that no font can show, in order of their code points."""
    covered = _covered()
    return "".join(
        sorted(one for one in characters if ord(one) not in covered and not one.isspace())
    )
