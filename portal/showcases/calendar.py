"""One appointment as an iCalendar file (RFC 5545), in London's time with the zone's own rules in it."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

from portal.law.calendar import LONDON
from portal.support.calendars import write_zone


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in somebody's calendar; `uid` stays when it is sent again, so that a new time replaces the old."""

    uid: str
    title: str
    starts: datetime
    ends: datetime
    where: str
    words: str
    address: str


def calendar(entry: Entry, *, host: str, now: datetime) -> bytes:
    """The file; `host` makes the entry's id the portal's own."""
    file, event = Calendar(), Event()
    file.add("prodid", "-//Innovation partnership portal//showcases//EN")
    file.add("version", "2.0")
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) // 60 % 2**31)
    event.add("dtstart", entry.starts.astimezone(LONDON))
    event.add("dtend", entry.ends.astimezone(LONDON))
    event.add("summary", entry.title)
    event.add("location", entry.where)
    event.add("description", entry.words)
    event.add("url", entry.address)
    file.add_component(event)
    write_zone(file, now)
    return bytes(file.to_ical())
