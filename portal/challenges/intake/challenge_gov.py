"""Challenge.gov, the United States' list of prize competitions (public domain).

Its times carry no zone; the site says that all are Eastern.
"""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from portal.challenges.intake.fields import (
    Taker,
    identity,
    link,
    moment,
    names,
    note,
    prize,
    refuse,
    section,
    text,
)

NAME: Final = "challenge.gov"
HOME: Final = "https://www.challenge.gov"

_EASTERN: Final = ZoneInfo("America/New_York")
_PICTURE: Final = refuse("Pictures are not copied: we do not know who holds the rights.")
_PERSON: Final = refuse("Contact details are not copied: the challenge gets a contact of your own.")
_PARTNERS: Final = note("Partners are named afresh, by organisations that are registered here.")


def takers(home: str = HOME) -> Mapping[str, Taker]:
    """What is done with each field; `home` is the address that the feed gives as its own."""
    return {
        "challenge-id": identity("source_id"),
        "challenge-title": text("title"),
        "permalink": link,
        "external-url": note("A second address, beside the link to the original."),
        "card-image": _PICTURE,
        "agency-logo": _PICTURE,
        "tagline": text("summary"),
        "legal-authority": note("The law of another country; the release needs its own."),
        "fiscal-year": note("The publisher's financial years."),
        "type-of-challenge": names("themes"),
        "total-prize-offered-cash": prize,
        "challenge_status": refuse("An imported challenge always begins in articulation."),
        "agency": text("sponsor"),
        "partner-agencies-federal": _PARTNERS,
        "partners-non-federal": _PARTNERS,
        "challenge-manager": _PERSON,
        "challenge-manager-email": _PERSON,
        "point-of-contact": _PERSON,
        "submission-start": moment("opens", _EASTERN),
        "submission-end": moment("closes", _EASTERN),
        "description": section("background", "Description", home),
        "prizes": section("notes", "Prizes", home),
        "rules": section("must_haves", "Rules", home),
        "judging": section("success_measure", "How entries are judged", home),
        "how-to-enter": section("notes", "How to enter", home),
    }
