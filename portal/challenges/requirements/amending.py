"""What must be true of an amendment before it is published."""

from typing import Any

from portal.challenges import amending
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.parts.rounds import moment
from portal.challenges.standing import earliest_deadline
from portal.law.calendar import london_date
from portal.machine import Situation, requirement


@requirement("The amendment is prepared.", link="brief.amend")
def amendment_prepared(at: Situation[Challenge]) -> list[str]:
    """Something changes, the weights make 100, and the deadline was looked at again (Procurement Act 2023 s.31)."""
    amendment = amending.pending(at.session, at.subject)
    proposal = amending.proposal_of(amendment)
    if amendment is None or not proposal:
        return ["Nothing in the brief changes yet"]
    missing = _wrong_with_criteria(proposal)
    if not amendment.deadline_kept and "dates" not in proposal:
        missing.append("Whether there is still enough time to answer")
    return missing


@requirement("The deadline is lawful after the amendment.", link="brief.amend")
def deadline_lawful_after_amendment(at: Situation[Challenge]) -> list[str]:
    """A deadline that the amendment moves is still to come, and leaves firms the time they are owed."""
    proposal = amending.proposal_of(amending.pending(at.session, at.subject))
    if "dates" not in proposal:
        return []
    deadline, questions = moment(proposal["dates"]["deadline"]), moment(proposal["dates"]["questions_until"])
    if deadline is None or deadline <= at.now:
        return ["The new deadline must be still to come"]
    wrong = [] if questions is None or questions < deadline else ["Questions must close before the deadline"]
    opened = london_date(at.subject.released_at or at.now)
    earliest = earliest_deadline(at.session, at.subject, RoundKind.CHALLENGE, opened)
    if london_date(deadline) < earliest.day:
        wrong.append(f"The first possible day is {earliest.day.day} {earliest.day:%B %Y}. {earliest.period.source}.")
    return wrong


def _wrong_with_criteria(proposal: dict[str, Any]) -> list[str]:
    if "criteria" not in proposal:
        return []
    total = sum(each["weight"] for each in proposal["criteria"]["criteria"])
    return [] if total == 100 else [f"The criteria's weights add up to {total}, not 100"]
