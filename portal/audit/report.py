"""What the report at the front of an audit pack says."""

from typing import Any

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.standing import standing_of, value_of
from portal.db import clock
from portal.law.calendar import london_date
from portal.notices.duties import duties_of
from portal.organisations.models import Organisation
from portal.partnerships.queries import NOT_YET, contracts_of
from portal.procurement.calendar import entries_of
from portal.procurement.entries import standings
from portal.workflow import machine_of


def report_of(session: Session, challenge: Challenge) -> dict[str, Any]:
    """The facts of one challenge, its notices, its dates and its contracts."""
    now = clock.now()
    return {
        "challenge": challenge,
        "lead": session.get_one(Organisation, challenge.lead_id),
        "state": machine_of(challenge)[challenge.state],
        "value": value_of(challenge),
        "standing": standing_of(session, challenge),
        "duties": [each for each in duties_of(session, challenge) if each.notice or (each.ripe and not each.only_if)],
        "entries": standings(entries_of(session, challenge), london_date(now)),
        "contracts": [each for each in contracts_of(session, challenge) if each.state not in NOT_YET],
        "now": now,
    }
