"""What design thinking must have come to before a brief is written."""

from sqlalchemy import ColumnElement, select

from portal.challenges.models import Challenge, EngagementSession, HowMightWe, UserNeed
from portal.law.calendar import london_date
from portal.machine import Situation, requirement


def _any(at: Situation[Challenge], *where: ColumnElement[bool]) -> bool:
    return at.session.scalar(select(1).where(*where).limit(1)) is not None


@requirement("A session with the people who have the problem has been held.", link="design.page#sessions")
def engagement_held(at: Situation[Challenge]) -> bool:
    """Held, not planned: on a day that has come."""
    today = london_date(at.now)
    return _any(at, EngagementSession.challenge_id == at.subject.id, EngagementSession.held_on <= today)


@requirement("At least one user need is written down with its evidence.", link="design.page#needs")
def user_need_with_evidence(at: Situation[Challenge]) -> bool:
    """A need without evidence is a wish."""
    return _any(at, UserNeed.challenge_id == at.subject.id, UserNeed.evidence != "")


@requirement("One “How might we” question is chosen.", link="design.page#questions")
def question_chosen(at: Situation[Challenge]) -> bool:
    """The question the brief will ask."""
    return _any(at, HowMightWe.challenge_id == at.subject.id, HowMightWe.chosen_at.is_not(None))


@requirement("A senior sponsor is named.", link="design.page#sponsor")
def sponsor_named(at: Situation[Challenge]) -> bool:
    """With what they are, so that everyone knows who answers for it."""
    return bool(at.subject.sponsor_name and at.subject.sponsor_title)
