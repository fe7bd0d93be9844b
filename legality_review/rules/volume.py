"""Say in which order the papers and materials of a matter stand in its volume (LR-38)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legality_review.rules import materials


@dataclass(frozen=True)
class Group:
    """A part of the volume: its title, the kinds of papers and materials in it.

    `by_kind`: in the order in which the kinds stand here; otherwise by day.
    """

    title: str
    kinds: tuple[str, ...]
    by_kind: bool = False


def _papers(*words: str) -> tuple[str, ...]:
    return tuple(f"legality_review.{word}" for word in words)


ORDER: Sequence[Group] = (
    Group("送审文书", _papers("request", "material_list"), by_kind=True),
    Group("送审材料", materials.KNOWN, by_kind=True),
    Group("补正、退回和认定文书", _papers("supplement_notice", "return_notice", "recognition")),
    Group(
        "审查意见",
        _papers(
            "first_opinion", "opinion_lawful", "opinion_amend", "opinion_unlawful",
            "opinion_procedure",
        ),
    ),
    Group(
        "修改和采纳情况", (*_papers("answers"), materials.REVISION, materials.REASONS)
    ),
    Group("集体讨论和签发", (*_papers("minutes"), materials.SIGNING)),
)  # fmt: skip
OTHERS = Group("其他", ())


def group_of(kind: str) -> Group:
    """Return the part of the volume in which a kind of paper or material stands."""
    return next((group for group in ORDER if kind in group.kinds), OTHERS)


def place(kind: str, on: date) -> tuple[int, int, date]:
    """Return by what the volume is sorted: part, kind where that counts, day."""
    group = group_of(kind)
    part = ORDER.index(group) if group is not OTHERS else len(ORDER)
    return part, group.kinds.index(kind) if group.by_kind else 0, on
