"""What must be true of an amendment before it is published."""

from typing import Any

from portal.challenges import amending, proportion
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.parts.rounds import moment
from portal.challenges.standing import earliest_deadline
from portal.law.calendar import london_date
from portal.machine import Situation, requirement


@requirement("Something in the brief changes.", link="brief.amend")
def amendment_proposed(at: Situation[Challenge]) -> bool:
    """An amendment that changes nothing would only cost firms time."""
    return bool(amending.proposal_of(amending.pending(at.session, at.subject)))


@requirement("The deadline was looked at again.", link="brief.amend#deadline")
def deadline_reconsidered(at: Situation[Challenge]) -> bool:
    """It moves with the amendment, or an officer said that it can stay (Procurement Act 2023 s.31)."""
    amendment = amending.pending(at.session, at.subject)
    return amendment is not None and (amendment.deadline_kept or "dates" in amending.proposal_of(amendment))


@requirement("The amended brief would still be in order.", link="brief.amend")
def amendment_sound(at: Situation[Challenge]) -> list[str]:
    """Weights that make 100, questions that may be asked, and dates that are lawful and still to come."""
    proposal = amending.proposal_of(amending.pending(at.session, at.subject))
    return [*_unsound_criteria(proposal), *_disproportionate(at, proposal), *_unsound_dates(at, proposal)]


def _disproportionate(at: Situation[Challenge], proposal: dict[str, Any]) -> list[str]:
    below = proportion.below_threshold(at.session, at.subject)
    asked = sorted(proportion.ASKS & proposal.keys())
    return [fault for key in asked for _number, _name, fault in proportion.faults(key, proposal[key], below=below)]


def _unsound_criteria(proposal: dict[str, dict[str, list[dict[str, int]]]]) -> list[str]:
    if "criteria" not in proposal:
        return []
    total = sum(each["weight"] for each in proposal["criteria"]["criteria"])
    return [] if total == 100 else [f"The criteria's weights add up to {total}, not 100"]


def _unsound_dates(at: Situation[Challenge], proposal: dict[str, dict[str, str | None]]) -> list[str]:
    if "dates" not in proposal:
        return []
    deadline, questions = moment(proposal["dates"]["deadline"]), moment(proposal["dates"]["questions_until"])
    if deadline is None or deadline <= at.now:
        return ["The deadline must be still to come"]
    wrong = [] if questions is None or questions < deadline else ["Questions must close before the deadline"]
    opened = london_date(at.subject.released_at or at.now)
    earliest = earliest_deadline(at.session, at.subject, RoundKind.CHALLENGE, opened)
    if london_date(deadline) < earliest.day:
        wrong.append(f"The deadline cannot be before {earliest.day.day} {earliest.day:%B %Y}. {earliest.period.source}")
    return wrong
