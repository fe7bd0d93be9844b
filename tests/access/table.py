"""The access table: what every address answers to every kind of person, written by hand.

A `Line` says for one address the answer to GET and to POST. An answer is one of
`everybody(status)`, `only(people, status)`, `in_sight(people, status)` and `NEVER`:

* a stranger is sent to sign in, whatever the address, save the three he needs for it (`STRANGER`);
* what lies outside a person's reach is 404, the same as what does not exist;
* what he sees but may not do is 403; an address that knows no such method is 405.

`at` names the places the address is asked about: the `near` township's case and the `far` one's,
the `office`'s own things, and the `absent`, keys that no row has. Nothing here reads the project's
own tables of roles: the table is the second opinion.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

NEAR = {"chief", "officer", "township_clerk", "township_leader"}
FAR = {"other_chief", "other_officer", "other_township_clerk", "other_township_leader"}
WIDE = {
    "reviewer", "assessor_a", "deputy", "director", "secretary", "city_reviewer", "city_leader",
    "auditor",
}  # fmt: skip
ADMINISTRATORS = {"system_admin", "security_admin", "audit_admin"}
BUSINESS = NEAR | FAR | WIDE
SIGNED_IN = BUSINESS | ADMINISTRATORS
PEOPLE = ("stranger", *sorted(SIGNED_IN))
SIGHT = {"near": NEAR | WIDE, "far": FAR | WIDE, "office": SIGNED_IN, "absent": set[str]()}

OUT_OF_SIGHT = {"legal": {"assessor_a", "secretary"}}
"""Who sees no case of some apps although his post reaches its unit: his role has no part in it."""

SYSTEM, SECURITY, AUDIT = {"system_admin"}, {"security_admin"}, {"audit_admin"}
DIRECTORY = ADMINISTRATORS | {"auditor"}
TRAIL = {"audit_admin", "auditor"}
EDITORS = {"reviewer", "city_reviewer"}
LAWYERS = {"reviewer"}
REGISTER = {"reviewer", "deputy", "director", "city_reviewer", "city_leader", "auditor"}
VOIDERS, CITY = {"reviewer", "deputy", "director"}, {"city_reviewer", "city_leader"}
CHIEFS = {"chief", "other_chief"}
STATION = CHIEFS | {"officer", "other_officer"}
LEADERS = {"township_leader", "other_township_leader"}


@dataclass(frozen=True)
class Answer:
    """What an address answers: to whom with which status, to the others with which."""

    people: frozenset[str]
    status: int
    others: int = 403
    by_sight: bool = False
    sight: str = ""

    def to(self, person: str, place: str) -> int:
        """Return the status that this person is to get about a thing of this place."""
        if self.by_sight and person not in SIGHT[place] - OUT_OF_SIGHT.get(self.sight, set()):
            return 404
        if person not in self.people:
            return self.others
        return 404 if place == "absent" and self.status != 405 else self.status


@dataclass(frozen=True)
class Line:
    """One address: its arguments by the names of the world, its answers, its places."""

    arguments: str
    get: Answer
    post: Answer
    at: tuple[str, ...] = ("office",)
    body: tuple[tuple[str, str], ...] = ()

    @property
    def takes(self) -> int:
        """Return how many arguments the address takes."""
        return len(self.arguments.split("/")) if self.arguments else 0


def everybody(status: int) -> Answer:
    """Answer everybody who is signed in alike."""
    return Answer(frozenset(SIGNED_IN), status)


def only(people: Iterable[str], status: int = 200, others: int = 403) -> Answer:
    """Answer these people so, all others 403 (or as told)."""
    return Answer(frozenset(people), status, others)


def in_sight(people: Iterable[str] = SIGNED_IN, status: int = 200) -> Answer:
    """Answer these people so where they see the thing; 403 to others who do, else 404."""
    return Answer(frozenset(people), status, by_sight=True)


NEVER = everybody(405)
CASE = ("near", "far", "absent")
THING = ("office", "absent")


def shown(answer: Answer, arguments: str = "", at: tuple[str, ...] = ("office",)) -> Line:
    """Return the line of a page that only shows something."""
    return Line(arguments, answer, NEVER, at)


def done(
    answer: Answer, arguments: str = "", at: tuple[str, ...] = ("office",), **body: str
) -> Line:
    """Return the line of an address that only does something."""
    return Line(arguments, NEVER, answer, at, tuple(body.items()))


def both(answer: Answer, status: int, arguments: str = "", *at: str, **body: str) -> Line:
    """Return the line of a page with a form: the same people, another status for what is sent."""
    sent = replace(answer, status=status)
    return Line(arguments, answer, sent, at or ("office",), tuple(body.items()))


STRANGER = {"permissions:healthz": 200, "permissions:sign_in": 200, "permissions:second_step": 302}
TO_SIGN_IN = 302

ACCOUNT = {
    "permissions:healthz": [shown(everybody(200))],
    "permissions:sign_in": [both(everybody(302), 302)],
    "permissions:second_step": [both(everybody(302), 302)],
    "permissions:sign_out": [done(everybody(302))],
    "permissions:change_password": [both(everybody(200), 200)],
    "permissions:choose_post": [done(everybody(302))],
    "permissions:own_sessions": [both(everybody(200), 200)],
    "permissions:end_other_sessions": [done(everybody(302))],
    "permissions:end_own_session": [done(only({"chief"}, 302, 404), "{session}", THING)],
    "permissions:own_second_factor": [both(everybody(200), 200)],
    "permissions:begin_second_factor": [done(everybody(302))],
    "permissions:confirm_second_factor": [done(everybody(302))],
    "permissions:disable_second_factor": [done(everybody(200))],
}
WHY = {"reason": "核对"}
DIRECTORY_PAGES = {
    "permissions:units": [both(only(DIRECTORY), 200)],
    "permissions:unit": [both(only(DIRECTORY), 200, "{unit}", *THING)],
    "permissions:people": [both(only(DIRECTORY), 200)],
    "permissions:person": [both(only(DIRECTORY), 200, "{person}", *THING)],
    "permissions:add_unit": [both(only(SYSTEM), 200)],
    "permissions:rename_unit": [
        both(only(SYSTEM), 302, "{unit}", *THING, name="东关新村", reason="更名")
    ],
    "permissions:move_unit": [both(only(SYSTEM), 200, "{unit}", *THING)],
    "permissions:dissolve_unit": [both(only(SYSTEM), 302, "{unit}", *THING, **WHY)],
    "permissions:restore_unit": [both(only(SYSTEM), 302, "{unit}", *THING, **WHY)],
    "permissions:add_person": [both(only(SYSTEM), 200)],
    "permissions:correct_person": [
        both(only(SYSTEM), 302, "{person}", *THING, full_name="孔某某", phone="")
    ],
    "permissions:close_account": [both(only(SYSTEM), 302, "{person}", *THING, **WHY)],
    "permissions:reopen_account": [both(only(SYSTEM), 200, "{person}", *THING, **WHY)],
    "permissions:reset_password": [both(only(SYSTEM), 200, "{person}", *THING, **WHY)],
    "permissions:appoint": [both(only(SECURITY), 200, "{person}", *THING)],
    "permissions:end_sessions": [both(only(SECURITY), 302, "{person}", *THING, **WHY)],
    "permissions:remove_second_factor": [both(only(SECURITY), 200, "{person}", *THING, **WHY)],
    "permissions:end_post": [
        both(only(SECURITY), 302, "{post}", *THING, last_day="2025-09-26", reason="调离")
    ],
    "permissions:import": [both(only(SYSTEM), 200)],
    "permissions:import_template": [shown(only(SYSTEM))],
    "permissions:import_carry_out": [done(only(SYSTEM))],
    "permissions:post_import": [both(only(SECURITY), 200)],
    "permissions:post_import_template": [shown(only(SECURITY))],
    "permissions:post_import_carry_out": [done(only(SECURITY))],
}
RIGHTS = {
    "permissions:roles": [both(only(DIRECTORY), 200)],
    "permissions:exceptions": [both(only(SECURITY), 200)],
    "permissions:grant_exception": [both(only(SECURITY), 200)],
    "permissions:withdraw_exception": [both(only(SECURITY), 302, "{exception}", *THING, **WHY)],
    "permissions:recusals": [both(only(SECURITY), 200)],
    "permissions:recuse": [both(only(SECURITY), 200)],
    "permissions:lift_recusal": [both(only(SECURITY), 302, "{recusal}", *THING, **WHY)],
}
OWN_STEP, OTHER_STEP = "submit_self_assessment", "give_township_opinion"
WORK = {
    "workflows:workbench": [both(everybody(200), 200)],
    "workflows:inbox": [both(everybody(200), 200)],
    "workflows:inbox_tab": [
        both(everybody(200), 200, tab) for tab in ("todo", "unclaimed", "done", "started")
    ],
    "workflows:claim": [done(in_sight(CHIEFS, 302), "{task}", CASE)],
    "workflows:release": [done(in_sight(()), "{task}", CASE, **WHY)],
    "workflows:case": [both(in_sight(), 200, "application/{case}", *CASE)],
    "workflows:case_print": [both(in_sight(), 200, "application/{case}", *CASE)],
    "workflows:act": [
        both(in_sight(CHIEFS), 422, f"application/{{case}}/{OWN_STEP}", *CASE),
        Line(
            f"application/{{case}}/{OTHER_STEP}", in_sight(status=302), in_sight(status=409), CASE
        ),
    ],
    "workflows:draft": [
        done(in_sight(CHIEFS), f"application/{{case}}/{OWN_STEP}", CASE),
        done(in_sight(LEADERS), f"application/{{case}}/{OTHER_STEP}", CASE),
    ],
    "workflows:notices": [shown(everybody(200))],
    "workflows:read_all_notices": [done(everybody(302))],
    "workflows:read_notice": [done(only({"chief"}, 302, 404), "{notice}", THING)],
    "workflows:calendar": [shown(everybody(200)), shown(everybody(200), "2025")],
    "workflows:calendar_template": [shown(only(SYSTEM), "2026")],
    "workflows:calendar_import": [both(only(SYSTEM), 422)],
    "workflows:calendar_carry_out": [done(only(SYSTEM, 302))],
    "workflows:trial": [shown(everybody(200))],
    "workflows:parameters": [shown(everybody(200))],
    "workflows:parameter": [Line("{parameter}", everybody(200), only(SYSTEM, 422))],
    "workflows:flows": [shown(everybody(200))],
    "workflows:flow": [shown(everybody(200), "application")],
    "workflows:guidance": [shown(everybody(200))],
}
HOLDING = EDITORS | {"deputy", "city_leader"}
CONFIRMING = {"deputy", "director", "city_leader"}
HANDING_OVER = CHIEFS | LEADERS | CONFIRMING
_OF_COPY = Answer(frozenset(CHIEFS | {"deputy"}), 302, 404, by_sight=True)
OPERATIONS = {
    "workflows:operation": [
        both(in_sight(CHIEFS), 422, "{task}/transfer", *CASE),
        both(in_sight(CHIEFS | CONFIRMING), 422, "{task}/urge", *CASE),
        Line("{task}/take_back", in_sight(status=302), in_sight(status=409), CASE),
        Line("{task}/claim", everybody(404), everybody(404), CASE),
    ],
    "workflows:hold": [both(in_sight(HOLDING), 422, "application/{case}/suspend", *CASE)],
    "workflows:propose": [
        both(in_sight(EDITORS), 422, f"application/{{case}}/{name}", *CASE)
        for name in ("terminate", "void", "reopen")
    ],
    "workflows:proposal": [both(in_sight(CONFIRMING), 422, "{proposal}", *CASE)],
    "workflows:copies": [shown(everybody(200))],
    "workflows:copies_tab": [shown(everybody(200), "sent")],
    "workflows:read_copy": [done(_OF_COPY, "{copy}", CASE)],
    "workflows:withdraw_copy": [done(_OF_COPY, "{copy}", CASE)],
    "workflows:write_on_copy": [done(_OF_COPY, "{copy}", CASE, opinion="无意见")],
    "workflows:answer_urging": [Line("{urging}", in_sight(()), in_sight(()), CASE)],
    "workflows:stand_ins": [both(everybody(200), 422)],
    "workflows:withdraw_stand_in": [done(only({"deputy"}, 302, 404), "{stand_in}", THING)],
    "workflows:hand_over": [both(only(HANDING_OVER), 422)],
    "workflows:phrases": [both(everybody(200), 422)],
    "workflows:remove_phrase": [done(only({"chief"}, 302, 404), "{phrase}", THING)],
    "workflows:batch": [done(everybody(302))],
    "workflows:check_sheet": [shown(everybody(200), "{case}/0000", CASE)],
    "workflows:signature": [shown(in_sight(), "{signature}", CASE)],
}
_BY_STATION = in_sight(STATION)
ACCREDITATION = {
    "accreditation:plan": [both(only(BUSINESS), 200)],
    "accreditation:applications": [both(only(BUSINESS), 200)],
    "accreditation:titles": [both(only(BUSINESS), 200)],
    "accreditation:draft_opening": [done(only(CHIEFS))],
    "accreditation:draft_sheet": [done(_BY_STATION, "{case}", CASE)],
    "accreditation:new_application": [both(only(CHIEFS), 422)],
    "accreditation:sheet": [both(_BY_STATION, 422, "{case}", *CASE)],
    "accreditation:refresh_sheet": [done(in_sight(STATION, 302), "{case}", CASE)],
    "accreditation:materials": [both(_BY_STATION, 422, "{case}", *CASE)],
    "accreditation:withdraw_material": [done(in_sight(STATION, 302), "{case}/{file}", CASE)],
    "accreditation:standards": [both(only(BUSINESS), 200)],
    "accreditation:standard": [both(only(BUSINESS), 200, "{standard}", *THING)],
    "accreditation:export_standard": [both(only(BUSINESS), 200, "{standard}", *THING)],
    "accreditation:edit_standard": [both(only(EDITORS), 422, "{standard}", *THING)],
    "accreditation:copy_standard": [done(only(EDITORS, 302), "{standard}", THING, year="2027")],
    "accreditation:load_standard": [both(only(EDITORS), 422, "{standard}", *THING)],
    "accreditation:edit_category": [both(only(EDITORS), 422, "{standard}/1", *THING)],
    "accreditation:edit_item": [both(only(EDITORS), 422, "{standard}/1/new", *THING)],
    "accreditation:edit_veto": [both(only(EDITORS), 422, "{standard}/1", *THING)],
    "accreditation:delete_part": [done(only(EDITORS, 302), "{standard}/veto/1", THING)],
}
CLERKS = {"township_clerk", "other_township_clerk"}
LEGAL = BUSINESS - OUT_OF_SIGHT["legal"]


def in_legal_sight(people: Iterable[str] = SIGNED_IN, status: int = 200) -> Answer:
    """Answer these people so where they see the matter; who has no such post meets 404."""
    return Answer(frozenset(people), status, by_sight=True, sight="legal")


_BY_CLERK = in_legal_sight(CLERKS)
LEGALITY_REVIEW = {
    "legality_review:reviews": [both(only(LEGAL), 200)],
    "legality_review:search": [both(only(LEGAL), 200)],
    "legality_review:choose": [both(only(CLERKS), 200)],
    "legality_review:new_matter": [both(only(CLERKS), 422, "normative")],
    "legality_review:draft_matter": [done(only(CLERKS), "normative")],
    "legality_review:new_contract": [both(only(CLERKS), 422)],
    "legality_review:draft_contract": [done(only(CLERKS))],
    "legality_review:edit": [both(_BY_CLERK, 422, "{matter}", *CASE)],
    "legality_review:draft_edit": [done(_BY_CLERK, "{matter}", CASE)],
    "legality_review:materials": [both(_BY_CLERK, 422, "{matter}", *CASE)],
    "legality_review:withdraw_material": [
        done(in_legal_sight(CLERKS, 302), "{matter}/{text}", CASE)
    ],
    "legality_review:text": [both(in_legal_sight(), 200, "{examined}", *CASE)],
    "legality_review:compare": [both(in_legal_sight(), 200, "{examined}", *CASE)],
    "legality_review:desk": [
        Line("{examined}", in_legal_sight(CHIEFS), in_legal_sight(CHIEFS, 302), CASE)
    ],
    "legality_review:draft_findings": [done(in_legal_sight(CHIEFS), "{examined}", CASE)],
    "legality_review:give_advice": [done(in_legal_sight(CHIEFS, 422), "{examined}", CASE)],
    "legality_review:withdraw_advice": [
        done(in_legal_sight(CHIEFS, 302), "{examined}/{advice}", CASE)
    ],
    "legality_review:templates": [Line("", only(LEGAL), only({"reviewer"}, 422))],
    "legality_review:retire_template": [done(only({"reviewer"}, 302), "{template}", THING)],
    "legality_review:qualifications": [both(only({"reviewer"}), 422)],
}
NORMATIVE_DOCUMENTS = {
    "legality_review:documents": [shown(only(LEGAL))],
    "legality_review:export_documents": [shown(only(LEGAL))],
    "legality_review:enter_document": [both(only({"reviewer"}), 422)],
    "legality_review:draft_entry": [done(only({"reviewer"}))],
    "legality_review:cleanups": [shown(only(LEGAL))],
    "legality_review:new_cleanup": [both(only(CLERKS), 302, "", as_of="2025-09-26")],
    "legality_review:cleanup_lines": [both(in_legal_sight(CLERKS), 302, "{cleanup}", *CASE)],
    "legality_review:draft_cleanup_lines": [done(in_legal_sight(CLERKS), "{cleanup}", CASE)],
    "legality_review:export_cleanup": [shown(in_legal_sight(), "{cleanup}", CASE)],
}
_FIGURE = "{station}/2025/major_incidents"
OTHERS = {
    "indicators:stations": [shown(everybody(200))],
    "indicators:sheet": [shown(in_sight(), "{station}/2025", CASE)],
    "indicators:draft_report": [done(in_sight(STATION), _FIGURE, CASE)],
    "indicators:report": [Line(_FIGURE, in_sight(), in_sight(STATION, 422), CASE)],
    "laws:laws": [shown(only(BUSINESS))],
    "laws:law": [shown(only(BUSINESS), "{law}", THING)],
    "laws:export": [shown(only(BUSINESS))],
    "laws:add": [both(only(LAWYERS), 200)],
    "laws:correct": [both(only(LAWYERS), 200, "{law}", *THING)],
    "laws:renew": [both(only(LAWYERS), 200, "{law}", *THING)],
    "laws:end": [both(only(LAWYERS), 200, "{law}", *THING)],
    "laws:import": [both(only(LAWYERS), 200)],
    "laws:import_template": [shown(only(LAWYERS))],
    "laws:import_carry_out": [done(only(LAWYERS))],
    "documents:paper": [shown(in_sight(), "{paper}", CASE)],
    "documents:paper_image": [shown(in_sight(), "{paper}/1", CASE)],
    "documents:paper_pdf": [shown(in_sight(), "{paper}", CASE)],
    "documents:void_paper": [both(in_sight(VOIDERS), 200, "{paper}", *CASE)],
    "documents:paper_docx": [shown(in_sight(), "{paper}", CASE)],
    "documents:file": [shown(in_sight(), "{file}", CASE)],
    "documents:file_view": [shown(in_sight(), "{file}", CASE)],
    "documents:void_number": [both(only(VOIDERS | CITY), 200, "{number}", *THING)],
    "documents:registers": [shown(everybody(200))],
    "documents:register": [shown(only(REGISTER, 200, 404), "accreditation.application/2025")],
    "documents:register_pdf": [shown(only(REGISTER, 200, 404), "accreditation.application/2025")],
    "documents:register_xlsx": [shown(only(REGISTER, 200, 404), "accreditation.application/2025")],
    "dashboards:trail": [shown(only(TRAIL))],
    "dashboards:trail_export": [shown(only(TRAIL))],
    "dashboards:trail_verify": [done(only(TRAIL, 302))],
    "dashboards:entry": [shown(only(TRAIL), "{sequence}", THING)],
    "dashboards:seals": [shown(only(TRAIL))],
    "dashboards:seal_now": [done(only(AUDIT, 302))],
    "dashboards:seal": [shown(only(AUDIT), "{day}", THING)],
}
TABLE: dict[str, list[Line]] = {
    **ACCOUNT, **DIRECTORY_PAGES, **RIGHTS, **WORK, **OPERATIONS, **ACCREDITATION,
    **LEGALITY_REVIEW, **NORMATIVE_DOCUMENTS, **OTHERS,
}  # fmt: skip
