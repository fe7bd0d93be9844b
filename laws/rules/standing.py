"""Judge whether a law stands on a day, and whether a citation of it holds."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from laws.rules.citing import Citation


class Standing(StrEnum):
    """How a law stands on a day."""

    IN_FORCE = "现行有效"
    COMING = "尚未施行"
    ENDED = "已失效"


class Outcome(StrEnum):
    """What is to be said of a citation."""

    VALID = "有效"
    ENDED = "已失效"
    NOT_YET = "尚未施行"
    UNKNOWN = "法规库中没有"
    NO_SUCH_ARTICLE = "没有该条"
    OTHER_NUMBER = "名称与文号不一致"


class Version(Protocol):
    """What is asked of a registered law: one version of it."""

    document_number: str
    effective_from: date | None
    effective_until: date | None
    highest_article: int | None


AnyVersion = TypeVar("AnyVersion", bound=Version)


def standing_on(version: Version, day: date) -> Standing:
    """Say how a version stands on a day; it stands no more from `effective_until` on."""
    if version.effective_until is not None and version.effective_until <= day:
        return Standing.ENDED
    if version.effective_from is not None and version.effective_from > day:
        return Standing.COMING
    return Standing.IN_FORCE


def version_on(versions: Sequence[AnyVersion], day: date) -> AnyVersion | None:
    """Return the version that speaks for a law on a day: in force, else ended last, else next."""
    ranked = sorted(versions, key=lambda one: one.effective_from or date.min)
    standing = [one for one in ranked if standing_on(one, day) is Standing.IN_FORCE]
    ended = [one for one in ranked if standing_on(one, day) is Standing.ENDED]
    return next(iter([*standing[::-1], *ended[::-1], *ranked]), None)


def outcome_of(citation: Citation, version: Version, day: date) -> Outcome:
    """Judge a citation against the version that speaks for the law on that day."""
    standing = standing_on(version, day)
    if standing is Standing.ENDED:
        return Outcome.ENDED
    if standing is Standing.COMING:
        return Outcome.NOT_YET
    known = version.document_number
    if citation.title and citation.number and known and citation.number != known:
        return Outcome.OTHER_NUMBER
    if not _has_article(citation, version):
        return Outcome.NO_SUCH_ARTICLE
    return Outcome.VALID


def _has_article(citation: Citation, version: Version) -> bool:
    """Tell whether the law has the article, as far as its highest one is known."""
    if citation.article is None:
        return True
    highest = version.highest_article
    return citation.article >= 1 and (highest is None or citation.article <= highest)


def overlaps(begin: date | None, end: date | None, versions: Sequence[Version]) -> bool:
    """Tell whether a version would stand beside another one of the same law."""
    first, last = begin or date.min, end or date.max
    return any(
        first < (one.effective_until or date.max) and (one.effective_from or date.min) < last
        for one in versions
    )
