"""Released challenges for machines that ask on people's behalf: an Atom feed, and a calendar of one challenge."""

from collections.abc import Sequence
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from icalendar import Calendar, Event

from portal.challenges.listing import Listed
from portal.text.rich import tidy

ATOM = "http://www.w3.org/2005/Atom"
IN_FEED = 50
"""How many of the newest challenges the feed holds."""

register_namespace("", ATOM)


def atom(rows: Sequence[Listed], *, base: str, region: str, now: datetime) -> bytes:
    """An Atom feed (RFC 4287) of released challenges, newest first; `base` is the portal's own address."""
    feed = Element(f"{{{ATOM}}}feed")
    _text(feed, "id", f"{base}/challenges")
    _text(feed, "title", f"New challenges: {region}")
    _text(feed, "updated", (rows[0].released_at if rows else now).isoformat())
    _link(feed, "self", f"{base}/challenges.atom")
    _link(feed, "alternate", f"{base}/challenges")
    for row in rows:
        _entry(feed, row, f"{base}/challenges/{row.reference}")
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def calendar(
    dates: Sequence[tuple[str, datetime | date]], *, reference: str, title: str, address: str, now: datetime
) -> bytes:
    """An iCalendar file (RFC 5545) with one event for each of a challenge's dates, given with its words."""
    file = Calendar()
    file.add("prodid", "-//Innovation partnership portal//challenges//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", title)
    for number, (words, moment) in enumerate(dates, start=1):
        event = Event()
        event.add("uid", f"{reference}-{number}@{address.split('/')[2]}")
        event.add("dtstamp", now)
        event.add("dtstart", moment)
        event.add("summary", f"{words}: {title}")
        event.add("url", address)
        file.add_component(event)
    return bytes(file.to_ical())


def _entry(feed: Element, row: Listed, address: str) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", address)
    _text(entry, "title", row.title)
    _text(entry, "summary", row.summary)
    _text(entry, "published", row.released_at.isoformat())
    _text(entry, "updated", row.released_at.isoformat())
    _text(SubElement(entry, f"{{{ATOM}}}author"), "name", row.lead)
    _link(entry, "alternate", address)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = tidy(text)


def _link(parent: Element, relation: str, address: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=address)
