"""LR-30, LR-31, LR-33: registered, numbered, printed centrally, then published; valid so long."""

from datetime import date

import pytest

from documents.models import Paper
from legality_review.models import Registration, RegistrationCounter
from legality_review.rules import registration, validity
from legality_review.rules.publication import effect_defects
from legality_review.rules.register import Status
from permissions.models import User
from tests.at_once import at_once
from tests.legality_review.norm_steps import EFFECTIVE, EXPIRES, PUBLISHED, NormWalk, term_of
from workflows import parameters
from workflows.door import perform
from workflows.models.tasks import Task
from workflows.refusals import Refusal, RefusedByLaw, RefusedByState


def test_lr30_the_number_is_unique_and_gap_free_for_each_issuer_and_year(norm):
    assert norm.to("register").registration_number == "LLDR-2025-0010001"
    second = NormWalk(norm.people, norm.tree, norm.clock)
    second.to("open")
    with pytest.raises(RefusedByLaw, match="文号云政发〔2025〕3号已由"):
        second.register("云政发〔2025〕3号")
    with pytest.raises(RefusedByLaw, match="有效期不得超过5年"):
        second.register("云政发〔2025〕4号", validity_years=6)
    assert second.register("云政发〔2025〕4号").registration_number == "LLDR-2025-0010002"
    assert RegistrationCounter.objects.get().last == 2
    assert sorted(Registration.objects.values_list("serial", flat=True)) == [1, 2]


def test_lr30_every_issuer_counts_for_itself_and_anew_each_year(norm):
    norm.to("open")
    norm.case.issuer_unit = norm.tree.tieying_government
    norm.case.save()
    assert norm.register().registration_number == "LLDR-2025-1010001"
    norm.clock.stand_at(date(2026, 1, 5))
    later = NormWalk(norm.people, norm.tree, norm.clock)
    later.to("open")
    norm.clock.stand_at(date(2026, 1, 5))
    assert later.register("云政发〔2026〕1号").registration_number == "LLDR-2026-0010001"


def test_lr30_the_pattern_is_the_bureaus(norm):
    for key, value in (
        ("registration_pattern", "{region}规{unit}-{year}-{serial}"), ("region_letters", "乐陵"),
        ("serial_digits", "3"),
    ):  # fmt: skip
        parameters.record(
            parameters.parameter(f"legality_review.{key}"), value, date(2025, 1, 1),
            by=norm.people.system_admin, source="局文件",
        )  # fmt: skip
    assert norm.to("register").registration_number == "乐陵规001-2025-001"


@pytest.mark.parametrize("wrong", ["{region}DR-{year}-{unit}", "{town}{year}{unit}{serial}", "{"])
def test_lr30_a_pattern_without_its_places_is_refused(norm, wrong):
    with pytest.raises(Refusal):
        registration.REGISTRATION_PATTERN.read(wrong)


def test_lr30_a_number_is_read_as_it_is_written(tree):
    day = date(2025, 9, 15)
    assert registration.unit_code(tree.yunhong_government, day) == "001"
    assert registration.unit_code(tree.county, day) == "000"
    number = registration.number_of(2025, "001", 12, day)
    assert number == "LLDR-2025-0010012"
    assert registration.serial_in(number, 2025, "001", day) == 12
    for other in ("LLDR-2025-0020012", "云规〔2025〕1号", "LLDR-2025-001", "LLDR-2025-001一二"):
        assert registration.serial_in(other, 2025, "001", day) is None


def test_lr30_the_sheet_tells_what_was_registered(norm):
    case = norm.to("register")
    sheet = Paper.objects.of(case).get(kind="legality_review.registration_sheet")
    for word in ("LLDR-2025-0010001", "云政发〔2025〕3号", "5年", "乐司合审〔2025〕1号"):
        assert word in sheet.words


def test_lr30_a_registration_needs_a_number_and_a_print_after_adoption(norm):
    norm.to("open")
    with pytest.raises(RefusedByLaw, match=r"文号应写成.*印发日期不能早于通过日期2025-09-10"):
        norm.register("三号", printed_on=date(2025, 9, 9))
    with pytest.raises(RefusedByLaw, match="印发日期不能晚于今天"):
        norm.register(printed_on=date(2025, 9, 16))
    assert not Registration.objects.exists()


def test_lr30_without_registration_number_nothing_is_published(norm):
    norm.to("open")
    with pytest.raises(RefusedByState, match="待登记编号"):
        norm.publish()
    verdict = registration.is_registered(norm.case, PUBLISHED)
    assert not verdict and "没有登记号的规范性文件不得公布" in verdict.reason


def test_lr30_an_internal_paper_publishes_nothing(norm):
    norm.to("register")
    for media in ([], ["internal"]):
        with pytest.raises(RefusedByLaw, match="不得内部发文"):
            norm.publish(media=media)
    with pytest.raises(RefusedByLaw, match="公布日期不能晚于今天"):
        norm.publish(published_on=date(2025, 9, 16))
    with pytest.raises(RefusedByLaw, match="不能早于登记日期"):
        norm.publish(published_on=date(2025, 9, 14))


def test_lr30_what_is_not_published_is_no_basis_yet(norm):
    case = norm.to("register")
    assert case.status_on(date(2025, 9, 15)) == Status.PENDING
    case = norm.to("publish")
    assert case.status_on(date(2025, 10, 19)) == Status.PENDING
    assert case.status_on(EFFECTIVE) == Status.VALID


@pytest.mark.parametrize(
    ("title", "years", "is_trial", "refused"),
    [
        ("办法", 5, False, ""), ("办法", 3, False, ""), ("办法", 6, False, "不得超过5年"),
        ("办法（试行）", 2, False, ""), ("办法（试行）", 1, True, ""),
        ("办法（试行）", 3, False, "不得超过2年"), ("暂行办法", 3, False, "不得超过2年"),
        ("办法", 3, True, "不得超过2年"), ("办法", None, False, "须载明有效期"),
        ("办法", 0, False, "须载明有效期"),
    ],
)  # fmt: skip
def test_lr31_how_long_a_document_may_be_valid(db, title, years, is_trial, refused):
    found = validity.years_defects(title, years, is_trial, date(2025, 9, 15))
    assert bool(found) == bool(refused)
    assert refused in "".join(found)


def test_lr31_a_trial_of_three_years_is_not_registered(norm):
    norm.facts = {"title": "云红街道摊点管理办法（试行）"}
    norm.to("open")
    with pytest.raises(RefusedByLaw, match="标题冠以“试行”“暂行”的文件有效期不得超过2年，现为3年"):
        norm.register(validity_years=3)
    assert norm.register(validity_years=2).state == "registered"


def test_lr31_the_validity_runs_from_effect_to_the_day_before_its_anniversary(norm):
    case = norm.to("publish")
    term = term_of(case, "validity")
    assert (case.valid_from, case.expires_on, term.due_on) == (EFFECTIVE, EXPIRES, EXPIRES)
    assert case.evaluation_on == date(2030, 4, 19)
    assert not term.is_provisional
    assert (case.status_on(EXPIRES), case.status_on(date(2030, 10, 20))) == (
        Status.VALID, Status.LAPSED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("effective", "facts", "refused"),
    [
        (date(2025, 10, 20), {}, ""),
        (date(2025, 10, 19), {}, "不足30日（最早2025-10-20）"),
        (date(2025, 10, 19), {"early_reason": "防汛需要"}, ""),
        (date(2025, 9, 19), {"early_reason": "防汛需要"}, "不溯及既往"),
        (date(2025, 9, 19), {"favours_persons": True}, ""),
        (None, {}, "须载明施行日期"),
    ],
)
def test_lr33_publication_goes_before_effect(db, effective, facts, refused):
    told = {"early_reason": "", "favours_persons": False, **facts}
    found = "".join(effect_defects(PUBLISHED, effective, **told))
    assert bool(found) == bool(refused)
    assert refused in found


def test_lr33_an_early_effect_is_refused_and_loses_nothing(norm):
    norm.to("register")
    norm.clock.stand_at(PUBLISHED)
    with pytest.raises(RefusedByLaw, match="须说明不立即施行将影响执行的理由"):
        norm.publish(effective_on=date(2025, 10, 1))
    norm.publish(effective_on=date(2025, 10, 1), early_reason="汛期将至，不立即施行影响防汛。")
    assert (norm.case.valid_from, norm.case.expires_on) == (date(2025, 10, 1), date(2030, 9, 30))
    assert Task.objects.of_case(norm.case).open().get().node == "file"


@pytest.mark.django_db(transaction=True)
def test_lr30_two_registered_at_once_get_two_numbers_without_gap(norm):
    cases = []
    for _ in range(2):
        walk = NormWalk(norm.people, norm.tree, norm.clock)
        cases.append(walk.to("open"))

    def registering(case, number):
        return lambda: perform(
            case, "register", by=User.objects.get(pk=norm.people.township_clerk.pk),
            document_number=number, printed_on=date(2025, 9, 15), validity_years=5,
        ).registration_number  # fmt: skip

    given = at_once(
        registering(cases[0], "云政发〔2025〕1号"), registering(cases[1], "云政发〔2025〕2号")
    )
    assert sorted(given) == ["LLDR-2025-0010001", "LLDR-2025-0010002"]
    assert RegistrationCounter.objects.get().last == 2
