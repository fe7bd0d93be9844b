"""Look up what a text cites, and say how each citation stands on a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents.reading.clauses import Clause, clause_at
from laws.models.laws import Ending, Law
from laws.rules.citing import Citation, citations
from laws.rules.names import plain_title, title_forms
from laws.rules.standing import Outcome, outcome_of, version_on


@dataclass(frozen=True)
class Examined:
    """A citation with its place and what is to be said of it."""

    citation: Citation
    clause: Clause | None
    """The clause in which it begins; `start` and `end` count from the clause's beginning."""
    start: int
    end: int
    outcome: Outcome
    law: Law | None
    """The registered version that was asked; None where there is none."""

    @property
    def is_fine(self) -> bool:
        """Tell whether nothing is to be said against it."""
        return self.outcome is Outcome.VALID

    @property
    def sentence(self) -> str:
        """Say in Chinese what is to be said."""
        return SENTENCES[self.outcome](self.citation, self.law)


def _ended(citation: Citation, law: Law | None) -> str:
    """Say since when a law stands no more, and what took its place."""
    if law is None:
        return ""
    successor, since = law.superseded_by, law.effective_until
    if successor is not None and successor.title == law.title:
        begins = successor.effective_from
        now = f"，现行文本自{begins}起施行" if begins else ""
        return f"{citation.name}引用的文本自{since}起失效{now}。"
    how = {Ending.REPEALED: "废止", Ending.LAPSED: "期满失效"}.get(Ending(law.ending), "失效")
    return f"{citation.name}自{since}起{how}{f'，由{successor}替代' if successor else ''}。"


SENTENCES = {
    Outcome.VALID: lambda citation, law: f"{citation.name}现行有效。",
    Outcome.ENDED: _ended,
    Outcome.NOT_YET: lambda citation, law: (
        f"{citation.name}自{law.effective_from}起施行，引用时尚未施行。"
    ),
    Outcome.UNKNOWN: lambda citation, law: f"法规库中没有{citation.name}，请核对名称和文号。",
    Outcome.NO_SUCH_ARTICLE: lambda citation, law: (
        f"{law}共{law.highest_article}条，没有第{citation.article}条。"
    ),
    Outcome.OTHER_NUMBER: lambda citation, law: (
        f"{law}的文号是{law.document_number}，不是{citation.number}。"
    ),
}


class _Register:
    """The registered laws by their names and numbers, read once for a text."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.titles: dict[str, list[Law]] = {}
        self.numbers: dict[str, list[Law]] = {}
        for law in laws:
            for name in law.names:
                self.titles.setdefault(name, []).append(law)
            if law.document_number:
                self.numbers.setdefault(law.document_number, []).append(law)

    def versions(self, citation: Citation) -> Sequence[Law]:
        """Return the versions a citation may mean; those of its number where a title has them."""
        if not citation.title:
            return self.numbers.get(citation.number, [])
        forms = title_forms(citation.title)
        titled = next((self.titles[form] for form in forms if form in self.titles), [])
        numbered = [law for law in titled if citation.number == law.document_number != ""]
        return numbered or titled


def examine(
    clauses: Sequence[Clause], on: date, *, ignoring: Collection[str] = ()
) -> list[Examined]:
    """Examine every citation of a text as of a day.

    In: the clauses of one text (`ReadText.clauses`), the day, and titles that are no citation,
    such as the document's own. One query, whatever the length of the text.
    """
    own = {form for title in ignoring for form in title_forms(plain_title(title))}
    found = [
        one
        for one in citations("\n".join(clause.text for clause in clauses))
        if not one.title or own.isdisjoint(title_forms(one.title))
    ]
    register = _Register(Law.objects.select_related("superseded_by") if found else ())
    return [_examined(one, clauses, register, on) for one in found]


def _examined(
    citation: Citation, clauses: Sequence[Clause], register: _Register, on: date
) -> Examined:
    """Examine one citation."""
    law = version_on(register.versions(citation), on)
    clause = clause_at(clauses, citation.start)
    shift = clause.start if clause else 0
    return Examined(
        citation=citation,
        clause=clause,
        start=citation.start - shift,
        end=citation.end - shift,
        outcome=Outcome.UNKNOWN if law is None else outcome_of(citation, law, on),
        law=law,
    )
