"""Find who reviews a matter, who drafted it, and where both work (LR-11, LR-12)."""

from typing import Any, ClassVar

from legality_review.models.qualifications import Qualification
from permissions.models import Post, Recusal, Unit, UnitKind
from permissions.roles import TOWNSHIP_ROLES, Role
from workflows.seats import Seats


class ReviewersOfReview(Seats):
    """What a matter asks of the people around it."""

    SECTION_WORD: ClassVar[str] = "法治"

    pk: Any
    drafter: Unit
    counsel: Any
    is_for_county: bool
    today: Any

    @property
    def drafters(self) -> set[int]:
        """Return the keys of those in post at the drafting unit: they review nothing of theirs."""
        posts = Post.objects.on(self.today()).filter(unit=self.drafter, role__in=TOWNSHIP_ROLES)
        return set(posts.values_list("user_id", flat=True))

    @property
    def reviewers_elsewhere(self) -> set[int]:
        """Return the keys of the reviewers of the level that has no part in this round (LR-12)."""
        if self.is_for_county:
            return self.station_people
        reaching = Post.objects.on(self.today()).filter(role=Role.COUNTY_REVIEWER)
        keys = reaching.reaching(self.unit.path).values_list("user_id", flat=True)
        return set(keys) - self.station_people

    @property
    def reviewing_body(self) -> Unit:
        """Return who reviews in this round: the station, or the county's justice bureau."""
        return self.county_bureau if self.is_for_county else self.unit

    @property
    def drafting_unit(self) -> Unit:
        """Return the unit whose clerk and leader work on the matter."""
        return self.drafter

    @property
    def counsel_office(self) -> Unit:
        """Return where the counsel who was asked works."""
        posts = Post.objects.on(self.today()).filter(user=self.counsel, role=Role.LEGAL_COUNSEL)
        post = posts.reaching(self.unit.path).select_related("unit").first()
        return post.unit if post else self.drafter

    @property
    def counsel_asked(self) -> list[Any]:
        """Return the counsel whose opinion is asked for; the flow asks."""
        return [self.counsel] if self.counsel else []

    @property
    def has_designated_reviewer(self) -> bool:
        """Tell whether the township has a station with somebody in post (LR-11)."""
        return self.unit.kind == UnitKind.STATION and bool(self.station_people)

    @property
    def has_qualified_reviewer(self) -> bool:
        """Tell whether somebody at the station is qualified for a legal profession (LR-12)."""
        return Qualification.objects.in_force(self.today()).filter(
            user__in=self.station_people
        ).exists()  # fmt: skip

    @property
    def are_reviewers_recused(self) -> bool:
        """Tell whether everybody at the station is recused from the matter (LR-12)."""
        people = self.station_people
        recused = Recusal.objects.open().of(type(self)).filter(object_id=self.pk)
        return bool(people) and people <= set(recused.values_list("user_id", flat=True))
