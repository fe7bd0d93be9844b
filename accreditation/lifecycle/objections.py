"""Tell what becomes of a real-name objection during a publicity (FQ-8).

Whoever receives it registers it; it is investigated at the level of the publicity by somebody who
had no part in what was published, and decided where the publicity was decided: by the party group
at the county, by the leader at the city.
"""

from datetime import date
from typing import Any

from accreditation.lifecycle.states import APPLICANT, State
from accreditation.permissions import ApplicationVerb as Verb
from accreditation.rules import objections as rules
from accreditation.rules import terms as t
from workflows import terms
from workflows.acts import act
from workflows.flows import divert
from workflows.lifecycle import Case
from workflows.refusals import refuse

AT_COUNTY = (*APPLICANT, "assessors", "confirmed_by")
AT_CITY = (*APPLICANT, "inspected_by")
NOTICE = "accreditation.publicity_notice"
FIRST = "登记异议，先行核查"


class ObjectionActs(Case):
    """The acts on an objection, at the county and at the city."""

    class Meta:
        abstract = True

    @act(
        "登记异议", field="state", source=State.COUNTY_PUBLICITY, target=State.OBJECTION,
        verb=Verb.RECORD_OBJECTION, law="FQ-8", not_by=[*APPLICANT],
    )  # fmt: skip
    def record_objection(
        self, *, by: Any, on: date, objector: str, contact: str, content: str
    ) -> None:
        """登记异议: a real-name objection to the county's list; it is investigated first."""
        self._record(by, on, objector=objector, contact=contact, content=content)
        divert(self, "record_objection", reason=FIRST)

    @act(
        "登记对市级公示的异议", field="state", source=State.PUBLICITY, target=State.CITY_OBJECTION,
        verb=Verb.RECORD_OBJECTION, law="FQ-8", not_by=[*APPLICANT],
    )  # fmt: skip
    def record_objection_at_city(
        self, *, by: Any, on: date, objector: str, contact: str, content: str
    ) -> None:
        """登记对市级公示的异议: a real-name objection to the list of the city."""
        self._record(by, on, objector=objector, contact=contact, content=content)
        divert(self, "record_objection_at_city", reason=FIRST)

    @act(
        "提出异议核查意见", field="state", source=State.OBJECTION, target=None,
        verb=Verb.INVESTIGATE, law="FQ-8", not_by=[*AT_COUNTY],
        conditions=[rules.has_no_investigation],
    )  # fmt: skip
    def investigate_objection(self, *, by: Any, on: date, proposal: str, finding: str) -> None:
        """提出异议核查意见: what the county's investigation found, and what it proposes."""
        self.keep_investigation(by, on, proposal=proposal, finding=finding)

    @act(
        "异议不成立", field="state", source=State.OBJECTION, target=State.COUNTY_PUBLICITY,
        verb=Verb.DECIDE, law="FQ-8", not_by=[*AT_COUNTY, "investigated_by"],
        conditions=[rules.has_investigation],
    )  # fmt: skip
    def dismiss_objection(self, *, by: Any, on: date, decision: str) -> None:
        """异议不成立: the list stays as it is, so the publicity's clock was never reset."""
        self._conclude(by, on, upheld=False, decision=decision)

    @act(
        "更正后重新公示", field="state", source=State.OBJECTION, target=State.COUNTY_PUBLICITY,
        verb=Verb.DECIDE, law="FQ-8", not_by=[*AT_COUNTY, "investigated_by"],
        conditions=[rules.has_investigation], papers=[NOTICE],
    )  # fmt: skip
    def correct_and_republish(self, *, by: Any, on: date, decision: str) -> None:
        """更正后重新公示: what was published changes, so the publicity's clock starts anew."""
        self._republish(by, on, decision)

    @act(
        "异议成立", field="state", source=State.OBJECTION, target=State.NOT_RECOMMENDED,
        verb=Verb.DECIDE, law="FQ-8", not_by=[*AT_COUNTY, "investigated_by"],
        conditions=[rules.has_investigation], papers=["accreditation.recommendation_end"],
    )  # fmt: skip
    def uphold_objection(self, *, by: Any, on: date, decision: str) -> None:
        """异议成立: the party group takes the station off the list; the application ends."""
        self._conclude(by, on, upheld=True, decision=decision)
        self.end_reason = f"公示期内异议经查属实。{decision}"

    @act(
        "市局提出异议核查意见", field="state", source=State.CITY_OBJECTION, target=None,
        verb=Verb.INVESTIGATE_AT_CITY, law="FQ-8", not_by=[*AT_CITY],
        conditions=[rules.has_no_investigation],
    )  # fmt: skip
    def investigate_at_city(self, *, by: Any, on: date, proposal: str, finding: str) -> None:
        """市局提出异议核查意见: what the city's investigation found, and what it proposes."""
        self.keep_investigation(by, on, proposal=proposal, finding=finding)

    @act(
        "市局认定异议不成立", field="state", source=State.CITY_OBJECTION, target=State.PUBLICITY,
        verb=Verb.ACCEPT, law="FQ-8", not_by=[*AT_CITY, "investigated_by"],
        conditions=[rules.has_investigation],
    )  # fmt: skip
    def dismiss_at_city(self, *, by: Any, on: date, decision: str) -> None:
        """市局认定异议不成立: the city's list stays, so the publicity's clock was never reset."""
        self._conclude(by, on, upheld=False, decision=decision)

    @act(
        "市局更正后重新公示", field="state", source=State.CITY_OBJECTION, target=State.PUBLICITY,
        verb=Verb.ACCEPT, law="FQ-8", not_by=[*AT_CITY, "investigated_by"],
        conditions=[rules.has_investigation], papers=[NOTICE],
    )  # fmt: skip
    def republish_at_city(self, *, by: Any, on: date, decision: str) -> None:
        """市局更正后重新公示: the city's list changes, so the publicity's clock starts anew."""
        self._republish(by, on, decision)

    @act(
        "市局认定异议成立", field="state", source=State.CITY_OBJECTION, target=State.FAILED,
        verb=Verb.ACCEPT, law="FQ-8", not_by=[*AT_CITY, "investigated_by"],
        conditions=[rules.has_investigation], papers=["accreditation.failure_notice"],
    )  # fmt: skip
    def uphold_at_city(self, *, by: Any, on: date, decision: str) -> None:
        """市局认定异议成立: the leader takes the station off the list; the application ends."""
        self._conclude(by, on, upheld=True, decision=decision)
        self.end_reason = f"公示期内异议经查属实。{decision}"

    def _record(self, by: Any, on: date, **facts: str) -> None:
        """Store the objection; the time for its investigation begins."""
        real_named = rules.objection_is_real_named(facts["objector"], facts["contact"])
        refuse(*([] if real_named else [real_named.reason]))
        self.keep_objection(by, on, **facts)
        self.start(t.OBJECTION_CHECK, on)

    def _conclude(self, by: Any, on: date, *, upheld: bool, decision: str) -> None:
        """Store the decision; the time for the investigation ends with it."""
        self.conclude_objection(by, on, upheld=upheld, decision=decision)
        self.meet(t.OBJECTION_CHECK, on)

    def _republish(self, by: Any, on: date, decision: str) -> None:
        """Store the decision and start the publicity anew."""
        self._conclude(by, on, upheld=True, decision=decision)
        rule = self.publicity_rule()
        terms.cancel(self, rule, on, reason="公示内容更正，重新公示")
        self.published_on = on
        self.start(rule, on)
