"""Say the rules of the project in the words of their sources, as officials know them.

Code and tests cite a rule by its id (LR-15), pages and papers by what it stands in
(国令第713号第十五条). A domain app declares its sources in `rules/sources.py`. A rule that is
arithmetic or order of the system alone has no source: its id is shown to nobody.
"""

import re
from collections.abc import Iterable, Mapping

_declared: dict[str, str] = {}

_ID = r"[A-Z]{2}-\d+"
# A run of ids, what a bracket right behind it says, and the mark before it that falls with it.
_CITED = re.compile(rf"(?P<before>[，；])?(?P<ids>{_ID}(?:、{_ID})*)(?:（(?P<more>[^（）]*)）)?")
_EMPTY = re.compile(r"（[，；、]?）")
_OF_LAW = re.compile(r"《|号|第[〇零一二三四五六七八九十百千\d]+条")


def declare(sources: Mapping[str, str]) -> None:
    """Declare the sources of rules by their ids; raise ValueError where one has another already."""
    for rule, source in sources.items():
        if _declared.setdefault(rule, source) != source:
            raise ValueError(f"rule {rule} has two sources")


def cited(text: str) -> str:
    """Return a text with the source of each rule it names, each source once, in place of the id.

    A bracket behind the id that names law is the more particular source and is shown alone;
    any other bracket ("内部时限") stays. Ids of no declared rule are numbers of something else.
    """
    return _EMPTY.sub("", _CITED.sub(_in_words, text))


def _in_words(found: re.Match[str]) -> str:
    """Return what stands in place of a run of ids, the mark before it included."""
    ids = found["ids"].split("、")
    if not set(ids) <= set(_declared):
        return found[0]
    before, more = found["before"] or "", found["more"] or ""
    if _OF_LAW.search(more):
        return before + more
    words = "；".join(_once(_declared[rule] for rule in ids))
    if more:
        words += f"（{more}）"
    return before + words if words else ""


def _once(sources: Iterable[str]) -> list[str]:
    """Return the single sources of several rules in order, each once."""
    return list(dict.fromkeys(part for source in sources for part in source.split("；") if part))


def declared() -> dict[str, str]:
    """Return every declared source by rule, for the document that lists them."""
    return dict(_declared)


# The arithmetic of periods names its article itself where law has one (民法典第201条).
declare(dict.fromkeys((f"WD-{number}" for number in range(1, 21)), ""))
