"""What opening and eligibility ask of a challenge's moves."""

from typing import Any

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import round_of
from portal.machine import Requirement, Situation, requirement
from portal.responses.models import Response
from portal.responses.queries import eligibility_of, opened_responses

LINK = "responses.opening"


def opened(kind: RoundKind) -> Requirement:
    """Two people have opened the round."""

    @requirement("The responses have been opened by two people.", link=LINK)
    def opened(at: Situation[Challenge]) -> bool:
        asked = _round(at, kind)
        return asked is not None and asked.opened_at is not None

    return opened


def nothing_opened_yet(kind: RoundKind) -> Requirement:
    """Nobody has read anything, so that the round can still be reopened fairly."""

    @requirement("No response has been opened.", link=LINK)
    def nothing_opened_yet(at: Situation[Challenge]) -> bool:
        asked = _round(at, kind)
        return asked is not None and asked.opened_at is None

    return nothing_opened_yet


def eligibility_decided(kind: RoundKind) -> Requirement:
    """Of every opened response somebody has decided whether it may be assessed."""

    @requirement("Eligibility is decided for every response.", link=LINK)
    def eligibility_decided(at: Situation[Challenge]) -> list[str]:
        responses, decided = _opened(at, kind)
        return [f"{each.organisation.name} is waiting for it." for each in responses if each.id not in decided]

    return eligibility_decided


def at_least_one_eligible(kind: RoundKind) -> Requirement:
    """Somebody is left to choose."""

    @requirement("At least one response is eligible.", link=LINK)
    def at_least_one_eligible(at: Situation[Challenge]) -> bool:
        _responses, decided = _opened(at, kind)
        return any(decided.values())

    return at_least_one_eligible


def only_one_explained(kind: RoundKind) -> Requirement:
    """Where one firm answered, it is on record why the outreach was enough."""

    @requirement("If only one firm answered: why enough was done to reach others is recorded.", link=f"{LINK}#outreach")
    def only_one_explained(at: Situation[Challenge]) -> bool:
        responses, _decided = _opened(at, kind)
        asked = _round(at, kind)
        return len(responses) != 1 or (asked is not None and asked.outreach_note.strip() != "")

    return only_one_explained


def _round(at: Situation[Any], kind: RoundKind) -> Round | None:
    session: Session = at.session
    return round_of(session, at.subject, kind)


def _opened(at: Situation[Any], kind: RoundKind) -> tuple[list[Response], dict[int, bool]]:
    """The opened responses of a round, and of those that are decided whether they are eligible."""
    responses = list(opened_responses(at.session, at.subject, kind))
    rows = eligibility_of(at.session, responses)
    return responses, {key: row.eligible for key, row in rows.items()}
