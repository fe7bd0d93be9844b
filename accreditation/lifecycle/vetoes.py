"""Tell what becomes of a veto circumstance that comes to light after the score (FQ-17).

The reviewer of the level registers it with its evidence. From then on the case cannot go forward;
the party group, or the city's leader, ends it or finds that the circumstance does not stand.
"""

from datetime import date
from typing import Any

from accreditation.lifecycle.states import APPLICANT, State
from accreditation.permissions import ApplicationVerb as Verb
from accreditation.rules import objections as rules
from permissions.roles import Role
from workflows.acts import act
from workflows.lifecycle import Case
from workflows.refusals import refuse

COUNTY_ENDS = (State.RECOMMENDED, State.COUNTY_PUBLICITY)
CITY_ENDS = (State.CITY_REVIEW, State.RECTIFYING, State.ACCEPTED, State.PUBLICITY)
FOUND = "登记了一票否决情形，请研究决定。"


class VetoActs(Case):
    """The acts on a veto circumstance, at the county and at the city."""

    class Meta:
        abstract = True

    @act(
        "登记否决情形", field="state",
        source=[State.COUNTY_SCORED, *COUNTY_ENDS, State.OBJECTION], target=None,
        verb=Verb.RECORD_VETO, law="FQ-17", not_by=[*APPLICANT],
    )  # fmt: skip
    def record_veto(self, *, by: Any, on: date, veto: Any, evidence: str) -> None:
        """登记否决情形: a veto circumstance found after the score, with its evidence."""
        self._record_veto(by, on, veto, evidence)
        self.tell(Role.PARTY_SECRETARY, self.party_group, FOUND)

    @act(
        "因否决情形不予推荐", field="state", source=list(COUNTY_ENDS),
        target=State.NOT_RECOMMENDED, verb=Verb.DECIDE, law="FQ-17",
        not_by=[*APPLICANT, "veto_by"], conditions=[rules.has_recorded_veto],
        papers=["accreditation.recommendation_end"],
    )  # fmt: skip
    def end_by_veto(self, *, by: Any, on: date, decision: str) -> None:
        """因否决情形不予推荐: the party group takes its recommendation back (FQ-17)."""
        self._end(by, on, decision)

    @act(
        "否决情形不成立", field="state",
        source=[State.COUNTY_SCORED, *COUNTY_ENDS, State.OBJECTION], target=None,
        verb=Verb.DECIDE, law="FQ-17", not_by=[*APPLICANT, "veto_by"],
        conditions=[rules.has_recorded_veto],
    )  # fmt: skip
    def drop_veto(self, *, by: Any, on: date, decision: str) -> None:
        """否决情形不成立: the party group finds that what was registered does not stand."""
        self.decide_vetoes(by, on, stands=False, decision=decision)

    @act(
        "市局登记否决情形", field="state", source=[*CITY_ENDS, State.CITY_OBJECTION], target=None,
        verb=Verb.RECORD_VETO_AT_CITY, law="FQ-17", not_by=[*APPLICANT],
    )  # fmt: skip
    def record_veto_at_city(self, *, by: Any, on: date, veto: Any, evidence: str) -> None:
        """市局登记否决情形: a veto circumstance found at the city, with its evidence."""
        self._record_veto(by, on, veto, evidence)
        self.tell(Role.CITY_LEADER, self.city_office, FOUND)

    @act(
        "因否决情形不予命名", field="state", source=list(CITY_ENDS), target=State.FAILED,
        verb=Verb.ACCEPT, law="FQ-17", not_by=[*APPLICANT, "inspected_by", "veto_by"],
        conditions=[rules.has_recorded_veto], papers=["accreditation.failure_notice"],
    )  # fmt: skip
    def end_by_veto_at_city(self, *, by: Any, on: date, decision: str) -> None:
        """因否决情形不予命名: one veto fails the case, whatever its points (FQ-17)."""
        self._end(by, on, decision)

    @act(
        "市局认定否决情形不成立", field="state", source=[*CITY_ENDS, State.CITY_OBJECTION],
        target=None, verb=Verb.ACCEPT, law="FQ-17",
        not_by=[*APPLICANT, "inspected_by", "veto_by"], conditions=[rules.has_recorded_veto],
    )  # fmt: skip
    def drop_veto_at_city(self, *, by: Any, on: date, decision: str) -> None:
        """市局认定否决情形不成立: the city finds that what was registered does not stand."""
        self.decide_vetoes(by, on, stands=False, decision=decision)

    def _record_veto(self, by: Any, on: date, veto: Any, evidence: str) -> None:
        """Store the circumstance; from now on nothing goes forward."""
        refuse(*rules.veto_defects(self, veto, evidence))
        self.keep_veto(by, on, veto, evidence)
        self.veto_by = by

    def _end(self, by: Any, on: date, decision: str) -> None:
        """End the case for the circumstances that stand."""
        self.end_reason = f"存在一票否决情形：{'、'.join(self.confirmed_vetoes())}。{decision}"
        self.decide_vetoes(by, on, stands=True, decision=decision)
