"""How many responses were withdrawn and why, over the whole region: counts, and nothing that names anybody."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.responses import seal
from portal.responses.models import Response, WithdrawalReason

_TAKING = ("open", "assessment", "tender", "tender_assessment")
"""While responses are taken or lie sealed, nothing of them is counted, withdrawn ones included."""
_LONGEST = max(len(each.label) for each in WithdrawalReason)


def withdrawn_for(session: Session) -> Counter[WithdrawalReason | None]:
    """Withdrawn responses of challenges that take none any more, by the reason tapped (None: no reason given).

    The seal is lifted, because what was withdrawn is never opened. Whoever shows the counts hides the small ones.
    """
    reason = func.substr(Response.end_reason, 1, _LONGEST)
    rows = (
        select(reason, func.count())
        .select_from(Response)
        .join(Challenge, Challenge.id == Response.challenge_id)
        .where(Response.state == "withdrawn", Challenge.state.not_in(_TAKING))
        .group_by(reason)
    )
    with seal.lifted(session):
        found = session.execute(rows).all()
    counts: Counter[WithdrawalReason | None] = Counter()
    for words, number in found:
        counts[next((each for each in WithdrawalReason if words.startswith(each.label)), None)] += number
    return counts
