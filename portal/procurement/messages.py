"""How reminders of legal dates are worded. What was done meanwhile is asked when they are: then nothing is said."""

from datetime import date

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.law.reckoning import day_in_full
from portal.outbox.messages import Mail, message
from portal.procurement.calendar import entries_of
from portal.procurement.entries import Entry


def _found(session: Session, challenge: Challenge, key: str, number: int, day: str) -> Entry | None:
    """The date as it is now, or None where it was met, or has moved."""
    for each in entries_of(session, challenge):
        if each.key == (key, number) and each.met_on is None and each.day == date.fromisoformat(day):
            return each
    return None


def _mail(session: Session, challenge_id: int, key: str, number: int, day: str, *, overdue: bool) -> Mail | None:
    challenge = session.get_one(Challenge, challenge_id)
    entry = _found(session, challenge, key, number, day)
    if entry is None or entry.day is None:
        return None
    when = day_in_full(entry.day)
    said = f"Overdue since {when}" if overdue else when
    return Mail(
        subject=f"{said}: {entry.rule.title}",
        template="mail/procurement/date.txt",
        context={"challenge": challenge, "entry": entry, "when": when, "overdue": overdue},
        path=f"/challenges/{challenge.reference}/dates",
    )


@message("procurement.reminder")
def reminder(session: Session, *, challenge: int, key: str, number: int, day: str) -> Mail | None:
    """To the officers: a date comes near."""
    return _mail(session, challenge, key, number, day, overdue=False)


@message("procurement.overdue")
def overdue(session: Session, *, challenge: int, key: str, number: int, day: str) -> Mail | None:
    """To the officers: what was to be done by a date is not done."""
    return _mail(session, challenge, key, number, day, overdue=True)
