"""The second opinion about acts: who may do which, in which states, written by hand from the law.

`ACTS` says of every act of every kind of case who may do it and in which states (FQ-3 to FQ-12,
LR-30 to LR-35);
`MOMENTS` says, for a few moments of a case's life, what an entitled person then meets. Whoever
sees the case but is not entitled meets 403, whatever he does; an act of another state is 409;
whoever does not see the case meets 404. Nothing here reads what the project declares.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legality_review.models import Cleanup
from permissions.models import User
from tests.accreditation.steps import Walk, sheet_of
from tests.legality_review.norm_steps import NormWalk
from tests.legality_review.steps import Walk as ReviewWalk
from workflows import operations
from workflows.door import open_case, perform
from workflows.models.tasks import Task

CHIEF, LEADER, DEPUTY, SECRETARY = {"chief"}, {"township_leader"}, {"deputy"}, {"secretary"}
REVIEWERS = {"reviewer", "second_reviewer"}
ASSESSORS = {"assessor_a", "assessor_b", "assessor_c"}
CITY_REVIEWER, CITY_LEADER = {"city_reviewer"}, {"city_leader"}
INVESTIGATORS = REVIEWERS | CITY_REVIEWER
CLERK, COUNSEL = {"township_clerk"}, {"counsel", "county_counsel"}

SEEING = {
    "officer", "township_clerk", "director", "auditor",
    *CHIEF, *LEADER, *DEPUTY, *SECRETARY, *ASSESSORS, *INVESTIGATORS, *CITY_LEADER,
}  # fmt: skip
"""Whose posts reach 云红."""
BLIND = {
    "other_chief", "other_officer", "other_township_clerk", "other_township_leader",
    "system_admin", "security_admin", "audit_admin",
}  # fmt: skip
"""The other township's people, and the administrators."""

LEGAL = (SEEING - ASSESSORS - SECRETARY) | COUNSEL
"""Whose posts reach 云红 and whose roles have to do with legality review."""
EVERYBODY = SEEING | BLIND | COUNSEL
SIGHT = {
    "application": SEEING, "title": SEEING, "normative-document": LEGAL, "cleanup": LEGAL,
    "review": LEGAL,
}  # fmt: skip
"""Who sees a case of each kind; all others meet 404, as if there were none."""

ENDERS = DEPUTY | CITY_LEADER | {"director"}
BEFORE_THE_DECISION = (
    "planned self_assessing township_opinion applied supplement county_check county_scored"
)
COUNTY_LIST, CITY_STAGE = "county_publicity objection", "city_review rectifying accepted publicity"
AT_CITY = f"{CITY_STAGE} city_objection"

Who = set[str]
APPLICATION: dict[str, tuple[Who, str]] = {
    "start_self_assessment": (CHIEF, "planned"),
    "submit_self_assessment": (CHIEF, "self_assessing"),
    "give_township_opinion": (LEADER, "township_opinion"),
    "return_to_station": (LEADER, "township_opinion"),
    "apply": (CHIEF, "township_opinion"),
    "accept": (REVIEWERS, "applied"),
    "return_for_supplement": (REVIEWERS, "applied"),
    "submit_supplement": (CHIEF, "supplement"),
    "defer": (REVIEWERS, "applied supplement"),
    "appoint_assessors": (DEPUTY, "county_check"),
    "submit_sheet": (ASSESSORS, "county_check"),
    "confirm_county_score": (REVIEWERS, "county_check"),
    "recommend": (SECRETARY, "county_scored"),
    "decline_recommendation": (SECRETARY, "county_scored"),
    "publish_county": (REVIEWERS, "recommended"),
    "record_veto": (REVIEWERS, f"county_scored recommended {COUNTY_LIST}"),
    "drop_veto": (SECRETARY, f"county_scored recommended {COUNTY_LIST}"),
    "end_by_veto": (SECRETARY, "recommended county_publicity"),
    "record_veto_at_city": (CITY_REVIEWER, AT_CITY),
    "drop_veto_at_city": (CITY_LEADER, AT_CITY),
    "end_by_veto_at_city": (CITY_LEADER, CITY_STAGE),
    "record_objection": (INVESTIGATORS, "county_publicity"),
    "record_objection_at_city": (INVESTIGATORS, "publicity"),
    "investigate_objection": (REVIEWERS, "objection"),
    "dismiss_objection": (SECRETARY, "objection"),
    "correct_and_republish": (SECRETARY, "objection"),
    "uphold_objection": (SECRETARY, "objection"),
    "investigate_at_city": (CITY_REVIEWER, "city_objection"),
    "dismiss_at_city": (CITY_LEADER, "city_objection"),
    "republish_at_city": (CITY_LEADER, "city_objection"),
    "uphold_at_city": (CITY_LEADER, "city_objection"),
    "report_to_city": (REVIEWERS, "county_publicity"),
    "propose_acceptance": (CITY_REVIEWER, "city_review"),
    "pass_acceptance": (CITY_LEADER, "city_review"),
    "pass_conditionally": (CITY_LEADER, "city_review"),
    "fail_acceptance": (CITY_LEADER, "city_review"),
    "submit_rectification": (CHIEF, "rectifying"),
    "fail_overdue": (CITY_LEADER, "rectifying"),
    "publish_city": (CITY_REVIEWER, "accepted"),
    "name_station": (CITY_LEADER, "publicity"),
    "withdraw": (CHIEF, BEFORE_THE_DECISION),
    "return_for_rework": (REVIEWERS, "applied"),
    "return_county_score": (SECRETARY, "county_scored"),
    "replace_assessor": (DEPUTY, "county_check"),
    "terminate": (ENDERS, f"{BEFORE_THE_DECISION} recommended {COUNTY_LIST} {AT_CITY}"),
    "void": (ENDERS, f"{BEFORE_THE_DECISION} recommended {COUNTY_LIST} {AT_CITY}"),
    "reopen": (ENDERS, "terminated"),
}
THROUGH_AN_OPERATION = {
    "return_for_rework", "return_county_score", "terminate", "void", "reopen",
    "open_evaluation", "lapse", "take_back_submission", "take_back_counsel_opinion",
}  # fmt: skip
"""Acts that their own address never performs: sending and taking back, what two persons decide,
and what the law itself brings about on its day."""
TITLE: dict[str, tuple[Who, str]] = {
    "start_recheck": (REVIEWERS, "active"),
    "start_special_recheck": (REVIEWERS, "active"),
    "record_recheck": (REVIEWERS, "rechecking"),
    "maintain": (DEPUTY, "rechecking"),
    "warn": (DEPUTY, "rechecking"),
    "submit_rectification": (CHIEF, "warned"),
    "recheck_after_term": (REVIEWERS, "warned"),
    "propose_revocation": (DEPUTY, "rechecking"),
    "state_defence": (CHIEF, "revocation_proposed"),
    "revoke": (CITY_LEADER, "revocation_proposed"),
    "dismiss_revocation": (CITY_LEADER, "revocation_proposed"),
    "appeal": (CHIEF, "revoked"),
    "uphold_revocation": (CITY_LEADER, "appealed"),
    "annul_revocation": (CITY_LEADER, "appealed"),
    "return_plaque": (REVIEWERS, "revoked cancelled"),
    "cancel": (CITY_LEADER, "active rechecking warned revocation_proposed appealed"),
}
UNPUBLISHED = "registering registered"
UNDER_REVIEW = "filed filing_supplement correcting correction_reported uncorrected"
LIVING = (
    f"{UNPUBLISHED} published {UNDER_REVIEW} alteration_proposed in_force evaluating evaluated "
    "amending"
)
DOCUMENT: dict[str, tuple[Who, str]] = {
    "register": (CLERK, "registering"),
    "enter_existing": (REVIEWERS, "registering"),
    "publish": (CLERK, "registered"),
    "file": (CLERK, "published"),
    "register_filing": (REVIEWERS, "filed"),
    "refuse_filing": (REVIEWERS, "filed"),
    "ask_filing_supplement": (REVIEWERS, "filed"),
    "supply_filing": (CLERK, "filing_supplement"),
    "order_correction": (REVIEWERS, "filed"),
    "report_correction": (CLERK, "correcting"),
    "accept_correction": (REVIEWERS, "correction_reported"),
    "find_uncorrected": (REVIEWERS, "correction_reported"),
    "note_uncorrected": (REVIEWERS, "correcting"),
    "propose_alteration": (DEPUTY, "uncorrected"),
    "dismiss_alteration": (DEPUTY, "uncorrected"),
    "record_decision": (REVIEWERS, "alteration_proposed"),
    "open_evaluation": (CLERK, "in_force"),
    "start_evaluation": (CLERK, "in_force"),
    "evaluate": (CLERK, "evaluating"),
    "renew": (LEADER, "evaluated"),
    "decide_amendment": (LEADER, "evaluated"),
    "decide_repeal": (LEADER, "evaluated"),
    "let_lapse": (LEADER, "evaluated"),
    "amend": (LEADER, "in_force"),
    "stop_amending": (LEADER, "amending"),
    "replace_by": (CLERK, "amending"),
    "repeal": (LEADER, "published filed filing_supplement in_force evaluating amending"),
    "lapse": (LEADER, LIVING),
    "terminate": (ENDERS, UNPUBLISHED),
    "void": (ENDERS, LIVING),
    "reopen": (ENDERS, "terminated"),
}
CLEANUP: dict[str, tuple[Who, str]] = {
    "publish_draft": (CLERK, "drafting"),
    "record_opinion": (CLERK, "consulting"),
    "close_consultation": (CLERK, "consulting"),
    "conclude": (LEADER, "revising"),
    "terminate": (ENDERS, "drafting consulting revising"),
    "void": (ENDERS, "drafting consulting revising"),
    "reopen": (ENDERS, "terminated"),
}
STATION = CHIEF | {"officer"}
CHECKERS = STATION | REVIEWERS
EXAMINED = "station_review county_review"
BEFORE_THE_MEETING = (
    f"draft consultation submitted supplement {EXAMINED} revising confirming unlawful ready"
)
REVIEW: dict[str, tuple[Who, str]] = {
    "open_consultation": (CLERK, "draft"),
    "close_consultation": (CLERK, "consultation"),
    "submit": (CLERK, "draft"),
    "take_back_submission": (CLERK, "submitted"),
    "accept": (CHECKERS, "submitted"),
    "request_supplement": (CHECKERS, f"submitted {EXAMINED}"),
    "submit_supplement": (CLERK, "supplement"),
    "return_overdue": (CHECKERS, "supplement"),
    "return_matter": (CHECKERS, "submitted"),
    "decline_scope": (CHECKERS, "submitted"),
    "reclassify": (CHECKERS, "submitted"),
    "correct_facts": (CHECKERS, f"submitted {EXAMINED}"),
    "complete_examination": (CHECKERS, EXAMINED),
    "give_counsel_opinion": (COUNSEL, EXAMINED),
    "take_back_counsel_opinion": (COUNSEL, EXAMINED),
    "begin_inquiry": (CHECKERS, EXAMINED),
    "end_inquiry": (CHECKERS, EXAMINED),
    "extend_review": (DEPUTY, EXAMINED),
    "escalate": (STATION, "station_review"),
    "find_lawful": (CHECKERS, EXAMINED),
    "find_needing_amendment": (CHECKERS, EXAMINED),
    "find_unlawful": (CHECKERS, EXAMINED),
    "return_for_procedure": (CHECKERS, EXAMINED),
    "submit_revision": (CLERK, "revising"),
    "confirm_revision": (CHECKERS, "confirming"),
    "reject_revision": (CHECKERS, "confirming"),
    "review_anew": (CHECKERS, "confirming"),
    "abandon": (CLERK, "unlawful"),
    "resubmit": (CLERK, "unlawful"),
    "proceed_with_risk": (CLERK, "unlawful"),
    "table_for_deliberation": (CLERK, "ready"),
    "deliberate": (LEADER, "deliberation"),
    "report_to_party": (CLERK, "adopted"),
    "sign_text": (LEADER, "ready adopted"),
    "submit_changed_text": (CLERK | LEADER, "ready adopted"),
    "withdraw": (CLERK, BEFORE_THE_MEETING),
    "evaluate_decision": (LEADER, "signed"),
    "suspend_execution": (LEADER, "signed"),
    "terminate": (ENDERS, f"{BEFORE_THE_MEETING} deliberation adopted"),
    "void": (ENDERS, f"{BEFORE_THE_MEETING} deliberation adopted"),
    "reopen": (ENDERS, "terminated"),
}
ACTS = {
    "application": APPLICATION, "title": TITLE, "normative-document": DOCUMENT,
    "cleanup": CLEANUP, "review": REVIEW,
}  # fmt: skip

OPEN, DONE = (200, 422), (200, 302)
"""The form is shown; handed in empty it comes back, or does the act where it asks for nothing."""
UNLAWFUL, NOT_YET, REFUSED = (302, 422), (302, 409), (403, 403)
"""The law stands against it; it is another's or no step's turn; it is another person's by name or
by four eyes (who revoked decides no appeal)."""


@dataclass(frozen=True)
class Moment:
    """A moment of a case: its state, how it is reached, and what entitled people then meet.

    `answers` holds GET and POST by act, or by act and person where colleagues differ; `takes`
    names who may claim the open task, and `held` says that somebody has it already.
    """

    state: str
    lead: Callable[[Walk], Any]
    answers: dict[str, tuple[int, int]]
    takes: Who = field(default_factory=set)
    held: bool = False


def claimed(walk: Walk) -> Any:
    """Let the reviewer claim the formal check."""
    case = walk.to("apply")
    operations.claim(Task.objects.of_case(case).open().get(), by=walk.people.reviewer)
    return case


def half_scored(walk: Walk) -> Any:
    """Let one of two assessors hand in his sheet."""
    walk.to("appoint_assessors")
    walk.sheet(walk.people.assessor_a)
    return walk.case


def inspected(walk: Walk) -> Any:
    """Let the city inspect; the other assessor's sheet comes first."""
    walk.sheet(walk.people.assessor_b)
    walk.step += 1
    return walk.to("propose_acceptance")


OF_APPLICATION = (
    Moment("planned", lambda walk: walk.to("open"), {
        "start_self_assessment": DONE, "withdraw": OPEN,
    }, CHIEF),
    Moment("self_assessing", lambda walk: walk.to("start_self_assessment"), {
        "submit_self_assessment": UNLAWFUL, "withdraw": OPEN,
    }, CHIEF),
    Moment("township_opinion", lambda walk: walk.to("submit_self_assessment"), {
        "give_township_opinion": OPEN, "return_to_station": OPEN, "apply": NOT_YET,
        "withdraw": OPEN,
    }, LEADER),
    Moment("applied", claimed, {
        "accept reviewer": DONE, "accept second_reviewer": NOT_YET,
        "return_for_supplement reviewer": OPEN, "return_for_supplement second_reviewer": NOT_YET,
        "defer": UNLAWFUL, "withdraw": OPEN,
    }, {"reviewer"}, held=True),
    Moment("county_check", half_scored, {
        "appoint_assessors": NOT_YET, "submit_sheet assessor_b": OPEN, "submit_sheet": REFUSED,
        "confirm_county_score": NOT_YET, "replace_assessor": OPEN, "withdraw": OPEN,
    }, {"assessor_b"}, held=True),
    Moment("city_review", inspected, {
        "propose_acceptance": NOT_YET, "pass_acceptance": DONE, "pass_conditionally": OPEN,
        "fail_acceptance": OPEN, "record_veto_at_city": OPEN, "end_by_veto_at_city": UNLAWFUL,
        "drop_veto_at_city": UNLAWFUL,
    }, CITY_LEADER),
    Moment("named", lambda walk: walk.to("name_station"), {}),
)  # fmt: skip


def with_title(walk: Walk) -> Any:
    """Let the station be named, nearly a year pass, and everybody renew his password."""
    walk.to("name_station")
    User.objects.update(password_changed_at=walk.clock.stand_at(date(2026, 9, 1)))
    return walk.title


def then(*acts: tuple[str, str, dict[str, Any]]) -> Callable[[Walk], Any]:
    """Return what performs acts (name, person, facts) on the walk's title."""

    def lead(walk: Walk) -> Any:
        for name, person, told in acts:
            facts = told
            if name == "record_recheck":
                sheet = sheet_of(walk.title, told["points"])
                facts = {"observations": sheet, "remarks": {}, "finding": "查看台账"}
            perform(walk.title, name, by=getattr(walk.people, person), **facts)
        return walk.title

    return lead


def result(points: str) -> tuple[str, str, dict[str, Any]]:
    """Return the act that notes the points of a re-check."""
    return ("record_recheck", "reviewer", {"points": points})


OF_TITLE = (
    Moment("active", with_title, {
        "start_recheck": DONE, "start_special_recheck": OPEN, "cancel": OPEN,
    }, REVIEWERS),
    Moment("rechecking", then(("start_recheck", "reviewer", {}), result("85")), {
        "record_recheck": NOT_YET, "maintain": UNLAWFUL, "warn": OPEN,
        "propose_revocation": UNLAWFUL, "cancel": OPEN,
    }, DEPUTY),
    Moment("warned", then(("warn", "deputy", {"requirements": "补台账"})), {
        "submit_rectification": OPEN, "recheck_after_term": UNLAWFUL, "cancel": OPEN,
    }, CHIEF),
    Moment("revocation_proposed", then(
        ("submit_rectification", "chief", {"rectification": "已补"}), result("80"),
        ("propose_revocation", "deputy", {"grounds": "整改后仍不合格"}),
    ), {
        "state_defence": OPEN, "revoke": UNLAWFUL, "dismiss_revocation": UNLAWFUL, "cancel": OPEN,
    }, CITY_LEADER),
    Moment("revoked", then(
        ("state_defence", "chief", {"statement": "困难"}),
        ("revoke", "city_leader", {"decision": "事实清楚"}),
    ), {"appeal": OPEN, "return_plaque": DONE}),
    Moment("appealed", then(("appeal", "chief", {"grounds": "程序有误"})), {
        "uphold_revocation": REFUSED, "annul_revocation": REFUSED, "cancel": OPEN,
    }, CITY_LEADER),
)  # fmt: skip


def norm(lead: Callable[[NormWalk], Any]) -> Callable[[Any], Any]:
    """Return what leads the walk's normative document on, and renews everybody's password."""

    def led(walk: Any) -> Any:
        if not hasattr(walk, "norm"):
            walk.norm = NormWalk(walk.people, walk.tree, walk.clock)
        lead(walk.norm)
        User.objects.update(password_changed_at=walk.clock.now())
        return walk.norm.case

    return led


OF_DOCUMENT = (
    Moment("registering", norm(lambda n: n.to("open")), {
        "register": OPEN, "enter_existing": NOT_YET,
    }, CLERK),
    Moment("published", norm(lambda n: n.to("publish")), {"file": OPEN, "repeal": OPEN}, CLERK),
    Moment("filed", norm(lambda n: n.to("file")), {
        "register_filing": OPEN, "refuse_filing": OPEN, "ask_filing_supplement": OPEN,
        "order_correction": OPEN, "repeal": OPEN,
    }, REVIEWERS),
    Moment("correcting", norm(NormWalk.ordered), {
        "report_correction": OPEN, "note_uncorrected": UNLAWFUL,
    }, CLERK),
    Moment("uncorrected", norm(NormWalk.refused), {
        "propose_alteration": OPEN, "dismiss_alteration": OPEN,
    }, DEPUTY),
    Moment("in_force", norm(NormWalk.dismissed), {
        "start_evaluation": UNLAWFUL, "amend": OPEN, "repeal": OPEN,
    }),
    Moment("evaluated", norm(NormWalk.evaluated), {
        "renew": OPEN, "decide_amendment": OPEN, "decide_repeal": OPEN, "let_lapse": OPEN,
    }, LEADER),
    Moment("repealed", norm(NormWalk.repealed), {}),
)  # fmt: skip


def cleanup(act: str = "", person: str = "", **facts: Any) -> Callable[[Any], Any]:
    """Return what begins a clean-up of a published document, or performs one act on it."""

    def led(walk: Any) -> Any:
        if act:
            walk.cleaned = perform(walk.cleaned, act, by=getattr(walk.people, person), **facts)
            return walk.cleaned
        norm(lambda n: n.to("publish"))(walk)
        walk.cleaned = open_case(
            Cleanup, by=walk.people.township_clerk, unit=walk.tree.station, title="清理",
            issuer_unit=walk.tree.yunhong_government, as_of=walk.clock.today(),
        )  # fmt: skip
        walk.cleaned.fill()
        return walk.cleaned

    return led


def review(lead: Callable[[ReviewWalk], Any]) -> Callable[[Any], Any]:
    """Return what leads a contract under review on."""

    def led(walk: Any) -> Any:
        if not hasattr(walk, "review"):
            walk.review = ReviewWalk(walk.people, walk.tree, walk.clock)
        lead(walk.review)
        return walk.review.case

    return led


def cleanup_revised(walk: Any) -> Any:
    """Let the public have its time."""
    walk.clock.stand_at(date(2025, 10, 20))
    User.objects.update(password_changed_at=walk.clock.now())
    return cleanup("close_consultation", "township_clerk", handling="没有意见。")(walk)


OF_CLEANUP = (
    Moment("drafting", cleanup(), {"publish_draft": OPEN}, CLERK),
    Moment("consulting", cleanup("publish_draft", "township_clerk", place="网站"), {
        "record_opinion": OPEN, "close_consultation": UNLAWFUL,
    }, CLERK),
    Moment("revising", cleanup_revised, {"conclude": OPEN}, LEADER),
    Moment("concluded", cleanup("conclude", "township_leader", place="网站"), {}),
)  # fmt: skip


def accepted(walk: ReviewWalk) -> None:
    """Let the station take the contract up."""
    walk.qualify()
    walk.do("accept", walk.people.chief)


def sent_for_amendment(walk: ReviewWalk) -> None:
    """Let the station ask for an amendment."""
    walk.examine(c3="amend")
    walk.advise()
    walk.do("find_needing_amendment", walk.people.chief, reasoning="请修改。")


def of_station(*acts: str, **first: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """Return what the station meets, and that the county is refused by name (LR-12)."""
    told = {f"{act} {who}": first.get(act, OPEN) for act in acts for who in STATION}
    return told | dict.fromkeys(acts, REFUSED)


OF_REVIEW = (
    Moment("draft", review(lambda r: r.open()), {
        "open_consultation": UNLAWFUL, "submit": DONE, "withdraw": OPEN,
    }, CLERK),
    Moment("submitted", review(lambda r: r.do("submit", r.people.township_clerk)), {
        **of_station("accept", "request_supplement", "return_matter", accept=DONE),
        **of_station("decline_scope", decline_scope=UNLAWFUL),
        **of_station("reclassify", "correct_facts"), "withdraw": OPEN,
    }, CHIEF),
    Moment("station_review", review(accepted), {
        **of_station("request_supplement"),
        **of_station("escalate", escalate=UNLAWFUL),
        **of_station(
            "find_lawful", "find_needing_amendment", "find_unlawful", "return_for_procedure",
            find_lawful=UNLAWFUL, find_needing_amendment=UNLAWFUL, find_unlawful=UNLAWFUL,
            return_for_procedure=UNLAWFUL,
        ),
        **of_station("correct_facts", "begin_inquiry", "complete_examination", "end_inquiry",
                     complete_examination=NOT_YET, end_inquiry=UNLAWFUL),
        "give_counsel_opinion": NOT_YET, "extend_review": OPEN, "withdraw": OPEN,
    }, CHIEF),
    Moment("revising", review(sent_for_amendment), {
        "submit_revision": OPEN, "withdraw": OPEN,
    }, CLERK),
    Moment("confirming", review(lambda r: r.revise()), {
        **of_station(
            "confirm_revision", "reject_revision", "review_anew", confirm_revision=DONE
        ),
        "withdraw": OPEN,
    }, CHIEF),
    Moment("ready", review(lambda r: r.do("confirm_revision", r.people.chief)), {
        "table_for_deliberation": NOT_YET, "sign_text": OPEN, "submit_changed_text": OPEN,
        "withdraw": OPEN,
    }, LEADER),
)  # fmt: skip
MOMENTS = {
    "application": OF_APPLICATION, "title": OF_TITLE, "normative-document": OF_DOCUMENT,
    "cleanup": OF_CLEANUP, "review": OF_REVIEW,
}  # fmt: skip


def answer(kind: str, moment: Moment, act: str, person: str) -> tuple[int, int]:
    """Return what GET and POST of an act answer to a person at a moment."""
    if person == "stranger":
        return 302, 302
    if person not in SIGHT[kind] or act not in ACTS[kind]:
        return 404, 404
    people, states = ACTS[kind][act]
    if moment.state not in states.split() or act in THROUGH_AN_OPERATION:
        return 302, 409
    if person not in people:
        return 403, 403
    return moment.answers.get(f"{act} {person}") or moment.answers[act]


def draft_answer(kind: str, act: str, person: str) -> int:
    """Return what keeping a draft answers: only who may ever do the act keeps one."""
    if person == "stranger":
        return 302
    if person not in SIGHT[kind] or act not in ACTS[kind]:
        return 404
    return 200 if person in ACTS[kind][act][0] else 403


def claim_answer(kind: str, moment: Moment, person: str) -> int:
    """Return what claiming the open task answers."""
    if person == "stranger" or person in moment.takes:
        return 302
    if person not in SIGHT[kind]:
        return 404
    return 409 if moment.held else 403
