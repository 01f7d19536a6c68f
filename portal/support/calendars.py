"""Booked sessions as an iCalendar file (RFC 5545), in London's time and with London's zone written out."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from portal.law.calendar import LONDON
from portal.support.ledger import hours
from portal.support.models import SupportSession

NAME = "Support sessions"
YEARS_AHEAD = 3
"""For how many years the file says when London's clocks change; no time is offered later."""


def calendar(sessions: Iterable[SupportSession], *, firms: frozenset[int], base: str, now: datetime) -> bytes:
    """One event for each booked session.

    `firms` are those the reader answers for: they read whom they meet, everybody else reads which firm. `base` is the
    portal's own address. An event keeps its UID when it is moved, and its SEQUENCE rises, so that a calendar that
    has it already moves it too; a cancelled one says so.
    """
    file = Calendar()
    file.add("prodid", "-//Innovation partnership portal//support//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", NAME)
    file.add("x-wr-timezone", LONDON.key)
    for session in sessions:
        file.add_component(_event(session, firms, base, now))
    write_zone(file, now)
    return bytes(file.to_ical())


def write_zone(file: Calendar, now: datetime) -> None:
    """Write London's zone into a file, for the years around now: all of its history would be longer than the events."""
    file.add_missing_timezones(first_date=date(now.year - 1, 1, 1), last_date=date(now.year + YEARS_AHEAD, 1, 1))


def _event(session: SupportSession, firms: frozenset[int], base: str, now: datetime) -> Event:
    slot, plan = session.slot, session.plan
    if slot is None:
        raise ValueError("A session that was not booked has no place in a calendar")
    cancelled = session.cancelled_at is not None
    ours = plan.response.organisation_id in firms
    inside = f"{base}/challenges/{plan.challenge.reference}/support/{plan.id}"
    page = f"{base}/responses/{plan.response.reference}/support" if ours else inside
    starts_at = slot.starts_at.astimezone(LONDON)
    event = Event()
    event.add("uid", f"support-session-{session.id}@{urlsplit(base).hostname}")
    event.add("dtstamp", now)
    event.add("sequence", slot.version + (1 if cancelled else 0))
    event.add("dtstart", starts_at)
    event.add("dtend", slot.ends_at.astimezone(LONDON))
    event.add("summary", f"{session.with_whom if ours else plan.response.organisation.name}: {plan.challenge.title}")
    if where := slot.place or slot.link:
        event.add("location", where)
    event.add(
        "description",
        f"{session.with_whom}, {hours(slot.minutes)}. Times are London's ({starts_at.tzname()}).\n"
        + (f"{slot.link}\n" if slot.link else "")
        + f"Move or cancel until two hours before: {page}",
    )
    event.add("url", page)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
