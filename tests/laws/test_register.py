"""The register of laws: versions by their days, every change with its trace, nothing lost."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit.models import Entry
from documents.reading.clauses import recognise
from laws.models import Ending, Law, LawKind, add_law, correct_law, end_law, examine
from laws.rules.standing import Outcome, Standing, overlaps, version_on
from permissions.refusals import Impossible, NotEntitled

DAY = date(2025, 9, 26)


def facts(**changed: Any) -> dict[str, Any]:
    """Return the facts of a law."""
    return {
        "title": "乐陵市示例管理办法", "aliases": "", "kind": LawKind.NORMATIVE_DOCUMENT,
        "issuer": "乐陵市人民政府", "document_number": "乐政发〔2020〕1号",
        "promulgated_on": date(2020, 1, 5), "effective_from": date(2020, 2, 1),
        "effective_until": None, "ending": "", "superseded_by": None, "highest_article": 20,
        "source": "", **changed,
    }  # fmt: skip


def outcomes(*lines: str, on: date = DAY, **how: Any) -> list[tuple[str, Outcome]]:
    """Return how the citations of a text stand on a day."""
    return [(one.citation.name, one.outcome) for one in examine(recognise(lines), on, **how)]


def test_a_law_is_registered_with_its_trace(people: Any) -> None:
    named = facts(title="《乐陵市 示例管理办法》", aliases="《示例办法》，旧名")
    law = add_law(by=people.reviewer, **named)
    assert (law.title, law.aliases) == ("乐陵市示例管理办法", "示例办法、旧名")
    entry = Entry.objects.of_subject(law).get()
    assert (entry.act, entry.actor_name) == ("laws.add_law", people.reviewer.full_name)
    assert json.loads(entry.after)["文号"] == "乐政发〔2020〕1号"


@pytest.mark.parametrize("who", ["chief", "director", "city_reviewer", "auditor", "system_admin"])
def test_only_the_reviewer_maintains_it(people: Any, who: str) -> None:
    other = getattr(people, who)
    law = Law.objects.in_force(DAY).first()
    with pytest.raises(NotEntitled):
        add_law(by=other, **facts())
    with pytest.raises(NotEntitled):
        correct_law(law, by=other, reason="x", source="改")
    with pytest.raises(NotEntitled):
        end_law(law, by=other, on=DAY, ending=Ending.REPEALED, superseded_by=None, reason="x")


def test_a_new_version_ends_the_former_one(people: Any) -> None:
    old = add_law(by=people.reviewer, **facts())
    new = add_law(
        by=people.reviewer,
        **facts(effective_from=date(2025, 1, 1), document_number="乐政发〔2024〕9号"),
    )
    old.refresh_from_db()
    assert (old.effective_until, old.ending, old.superseded_by) == (
        date(2025, 1, 1), Ending.SUPERSEDED, new,
    )  # fmt: skip
    assert [one.act for one in Entry.objects.of_subject(old).oldest_first()] == [
        "laws.add_law", "laws.end_law",
    ]  # fmt: skip
    assert list(Law.objects.versions_of(old.title)) == [new, old]
    assert old.standing(date(2024, 12, 31)) is Standing.IN_FORCE
    assert old.standing(date(2025, 1, 1)) is Standing.ENDED
    assert new.standing(date(2024, 12, 31)) is Standing.COMING


def test_a_correction_keeps_what_stood_before(people: Any) -> None:
    law = add_law(by=people.reviewer, **facts())
    correct_law(law, by=people.reviewer, reason="条数有误", highest_article=21)
    entry = Entry.objects.of_subject(law).newest_first().first()
    before, after = json.loads(entry.before), json.loads(entry.after)
    assert (before["最高条号"], after["最高条号"]) == ("20", "21")
    assert (entry.reason, Law.objects.get(pk=law.pk).highest_article) == ("条数有误", 21)


def test_a_law_ends_once(people: Any) -> None:
    law = add_law(by=people.reviewer, **facts())
    how = {"ending": Ending.REPEALED, "superseded_by": None, "reason": "乐政发〔2025〕2号"}
    end_law(law, by=people.reviewer, on=DAY, **how)
    with pytest.raises(Impossible, match="已登记自2025-09-26起失效"):
        end_law(law, by=people.reviewer, on=DAY, **how)


@pytest.mark.parametrize(
    "wrong",
    [
        {"effective_until": date(2020, 2, 1), "ending": Ending.REPEALED},
        {"effective_until": DAY}, {"ending": Ending.REPEALED}, {"title": ""}, {"kind": "x"},
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(people: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        add_law(by=people.reviewer, **facts(**wrong))
    assert not Law.objects.filter(document_number="乐政发〔2020〕1号").exists()


def test_versions_do_not_overlap(people: Any) -> None:
    law = add_law(by=people.reviewer, **facts())
    with pytest.raises(Impossible, match="重叠"):
        add_law(by=people.reviewer, **facts(effective_from=date(2019, 1, 1)))
    with pytest.raises(ValidationError, match="已经登记"):
        add_law(by=people.reviewer, **facts())
    with pytest.raises(Impossible, match="自己"):
        correct_law(
            law, by=people.reviewer, reason="x", superseded_by=law,
            effective_until=DAY, ending=Ending.SUPERSEDED,
        )  # fmt: skip
    law.refresh_from_db()
    assert law.effective_until is None


def test_history_is_not_deleted(people: Any) -> None:
    law = add_law(by=people.reviewer, **facts())
    with pytest.raises(IntegrityError), transaction.atomic():
        Law.objects.filter(pk=law.pk).delete()


class V:
    """A version of a law with nothing but its days."""

    document_number, highest_article = "", None

    def __init__(self, begin: int | None, end: int | None) -> None:
        self.effective_from = date(begin, 1, 1) if begin else None
        self.effective_until = date(end, 1, 1) if end else None


def test_which_version_speaks_for_a_law() -> None:
    first, second, third = V(None, 2010), V(2010, 2020), V(2024, None)
    versions = [third, first, second]
    for year, expected in ((2005, first), (2010, second), (2022, second), (2024, third)):
        assert version_on(versions, date(year, 6, 1)) is expected
    assert version_on([third], date(2020, 1, 1)) is third
    assert version_on([], DAY) is None


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [(2000, 2010, False), (2000, 2011, True), (2020, 2024, False), (2019, 2021, True),
     (2024, None, True), (None, None, True), (None, 2010, False)],
)  # fmt: skip
def test_overlaps(begin: int | None, end: int | None, expected: bool) -> None:
    one = V(begin, end)
    others = [V(2010, 2020), V(2024, None)]
    assert overlaps(one.effective_from, one.effective_until, others) is expected


@pytest.mark.parametrize(
    ("line", "on", "expected"),
    [
        ("《民法典》第六百八十三条", DAY, Outcome.VALID),
        ("《中华人民共和国合同法》第五十二条", DAY, Outcome.ENDED),
        ("《合同法》", date(2020, 12, 31), Outcome.VALID),
        ("《合同法》", date(2021, 1, 1), Outcome.ENDED),
        ("《民法典》", date(2020, 12, 31), Outcome.NOT_YET),
        ("《民法典》第一千二百六十条", DAY, Outcome.VALID),
        ("《民法典》第一千二百六十一条", DAY, Outcome.NO_SUCH_ARTICLE),
        ("《治安管理处罚法》第一百二十条", date(2025, 12, 31), Outcome.VALID),
        ("《治安管理处罚法》第一百四十五条", date(2026, 1, 1), Outcome.NO_SUCH_ARTICLE),
        ("《行政执法监督条例》", DAY, Outcome.NOT_YET),
        ("司发通[2012]12号", DAY, Outcome.ENDED),
        ("国办发〔2018〕115号", DAY, Outcome.VALID),
        ("国办发〔2018〕999号", DAY, Outcome.UNKNOWN),
        ("《没有这部法》", DAY, Outcome.UNKNOWN),
        ("《公平竞争审查条例》（国务院令第738号）", DAY, Outcome.OTHER_NUMBER),
        ("《公平竞争审查条例》（国务院令第783号）", DAY, Outcome.VALID),
        ("《基层法律服务所管理办法》（司法部令第59号）", DAY, Outcome.ENDED),
        ("《基层法律服务所管理办法》（司法部令第137号）", DAY, Outcome.VALID),
        ("《行政复议法》第三条", date(2023, 12, 31), Outcome.VALID),
    ],
)  # fmt: skip
def test_how_citations_stand_on_a_day(db: None, line: str, on: date, expected: Outcome) -> None:
    """LR-18: repealed, unknown and misnumbered citations are offered as findings."""
    ((_, outcome),) = outcomes(f"第一条　依据{line}。", on=on)
    assert outcome is expected


def test_a_finding_says_what_took_the_place_and_where(
    db: None, django_assert_num_queries: Any
) -> None:
    lines = ["某镇办法", "第一条　目的。", "第二条　依据《合同法》第八条、第九条。"]
    with django_assert_num_queries(1):
        first, second = examine(recognise(lines), DAY)
    assert first.sentence == "《合同法》自2021-01-01起废止，由《中华人民共和国民法典》替代。"
    assert first.clause is not None and first.clause.label == "第二条"
    assert first.clause.text[first.start : first.end] == "《合同法》第八条"
    assert (second.citation.article, second.is_fine) == (9, False)


def test_the_sentences_of_all_outcomes(db: None) -> None:
    lines = [
        "《民法典》第一条《民法典》第二千条《没有这部法》《行政执法监督条例》",
        "《公平竞争审查条例》（国务院令第1号）《行政复议法》（2017）",
    ]
    assert [one.sentence for one in examine(recognise(lines), DAY)] == [
        "《民法典》现行有效。",
        "《中华人民共和国民法典》共1260条，没有第2000条。",
        "法规库中没有《没有这部法》，请核对名称和文号。",
        "《行政执法监督条例》自2026-02-01起施行，引用时尚未施行。",
        "《公平竞争审查条例》的文号是国务院令第783号，不是国务院令第1号。",
        "《行政复议法》现行有效。",
    ]


def test_an_older_text_of_the_same_law_is_named(db: None) -> None:
    (one,) = examine(recognise(["《基层法律服务所管理办法》（司法部令第59号）"]), DAY)
    assert one.sentence == (
        "《基层法律服务所管理办法》引用的文本自2018-02-01起失效，现行文本自2018-02-01起施行。"
    )


def test_the_own_title_is_no_citation(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert outcomes("现将《某镇办法》印发给你们。", ignoring=["某镇办法"]) == []


def test_what_was_registered_at_the_beginning(db: None) -> None:
    """Every line names its evidence; what ended points at what took its place."""
    laws = list(Law.objects.select_related("superseded_by"))
    assert len(laws) >= 50
    assert all("found" in law.source or "memory" in law.source for law in laws)
    ended = [law for law in laws if law.effective_until]
    assert len([law for law in ended if law.superseded_by.title == "中华人民共和国民法典"]) == 9
    for law in laws:
        law.full_clean()
        others = [one for one in laws if one.title == law.title and one.pk != law.pk]
        assert not overlaps(law.effective_from, law.effective_until, others)
