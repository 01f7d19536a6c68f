"""Funding calls of UK research councils and their networks (Open Government Licence)."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from portal.challenges.intake.fields import Taker, identity, link, moment, names, text

NAME: Final = "uk-funding-calls"

_LONDON: Final = ZoneInfo("Europe/London")

_SPONSORS: Final = {
    "ahrc": "Arts and Humanities Research Council",
    "bbsrc": "Biotechnology and Biological Sciences Research Council",
    "epsrc": "Engineering and Physical Sciences Research Council",
    "esrc": "Economic and Social Research Council",
    "innovate-uk": "Innovate UK",
    "ktn": "Knowledge Transfer Network",
    "ktnie": "KTN Innovation Exchange",
    "mrc": "Medical Research Council",
    "ncsc": "National Cyber Security Centre",
    "nerc": "Natural Environment Research Council",
    "stfc": "Science and Technology Facilities Council",
    "ukri": "UK Research and Innovation",
}

TAKERS: Final[Mapping[str, Taker]] = {
    "source": identity("publisher"),
    "id": identity("source_id"),
    "title": text("title"),
    "summary": text("summary"),
    "opens": moment("opens", _LONDON),
    "closes": moment("closes", _LONDON),
    "sponsor": names("sponsor", _SPONSORS),
    "topics": names("themes"),
    "url": link,
}
