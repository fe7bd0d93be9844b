"""Answer what the flow asks of a matter: where it stands, and who goes on."""

from datetime import date
from typing import Any

from legality_review.rules import adoption, routing
from legality_review.rules.matters import Matter


class CourseOfReview:
    """What the gateways of the flow ask of a matter."""

    State: Any
    state: str
    matter: str
    is_at_county: bool
    accepted_on: date | None
    adopted_on: date | None
    party_reported_on: date | None
    counsel_id: int | None
    today: Any

    @property
    def is_consulting(self) -> bool:
        """Tell whether the public is being asked; the flow asks."""
        return self.state == self.State.CONSULTATION

    @property
    def is_for_county(self) -> bool:
        """Tell whether the county reviews this round (LR-11, LR-12); the flow asks."""
        if self.accepted_on is not None:
            return self.is_at_county
        return routing.goes_to_county_at_once(self)

    @property
    def is_supplementing(self) -> bool:
        """Tell whether the drafter is to supplement; the flow asks."""
        return self.state == self.State.SUPPLEMENT

    @property
    def is_accepted(self) -> bool:
        """Tell whether this round was accepted; the flow asks."""
        return self.accepted_on is not None

    @property
    def asks_counsel(self) -> bool:
        """Tell whether counsel was asked for his opinion; the flow asks."""
        return self.counsel_id is not None

    @property
    def is_draft_again(self) -> bool:
        """Tell whether the matter went back to make up its procedure; the flow asks."""
        return self.state == self.State.DRAFT

    @property
    def is_to_be_revised(self) -> bool:
        """Tell whether the drafter is to revise; the flow asks."""
        return self.state == self.State.REVISING

    @property
    def is_found_unlawful(self) -> bool:
        """Tell whether the text was found unlawful; the flow asks."""
        return self.state == self.State.UNLAWFUL

    @property
    def is_submitted(self) -> bool:
        """Tell whether the matter was handed in anew; the flow asks."""
        return self.state == self.State.SUBMITTED

    @property
    def is_for_meeting(self) -> bool:
        """Tell whether a meeting must still adopt the text (LR-28); the flow asks."""
        due = adoption.needs_deliberation(self, self.today())
        return due and self.adopted_on is None

    @property
    def is_for_party(self) -> bool:
        """Tell whether the decision is to be reported to the party committee (LR-29)."""
        return self.matter == Matter.DECISION and self.party_reported_on is None
