"""What a brief takes from an official process: its fields by their paths, and what is done with each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from portal.challenges.intake.fields import Taker, identity, link, moment, names, note, refuse, text
from portal.challenges.intake.notices import IncomingNotice
from portal.text import mended

NAME: Final = "open-contracting"

_LONDON: Final = ZoneInfo("Europe/London")
_PEOPLE: Final = refuse("Contact details are not copied: bodies and firms are named afresh, by those registered here.")
_STAYS: Final = refuse("It stays with the official notice, which is linked.")
_OPENED: Final = ("tender", "planning", "tender/tenderPeriod", "buyer")
"""Objects whose fields are accounted for one by one."""


@dataclass(frozen=True)
class Process:
    """One contracting process: how it stands when all its releases are merged, and the notices they were."""

    compiled: Mapping[str, Any]
    notices: tuple[IncomingNotice, ...]


def takers() -> Mapping[str, Taker]:
    """What is done with each path of a release."""
    return {
        "ocid": identity("source_id"),
        "title": text("title"),
        "link": link,
        "tender/description": text("summary"),
        "tender/classification": names("themes"),
        "tender/tenderPeriod/startDate": moment("opens", _LONDON),
        "tender/tenderPeriod/endDate": moment("closes", _LONDON),
        "buyer/name": text("sponsor"),
        "tender/value": note("What the notice gave as its value; the brief asks for an estimate of its own."),
        "tender/procurementMethodDetails": note("How it was bought there; the release here needs its own route."),
        "parties": _PEOPLE,
        "buyer/id": _STAYS,
        "buyer/contactPoint": _PEOPLE,
        "tender/procuringEntity": _PEOPLE,
        "tender/tenderers": _PEOPLE,
        **dict.fromkeys(_LEFT_THERE, _STAYS),
    }


_LEFT_THERE: Final = (
    *("id", "date", "tag", "initiationType", "language", "awards", "contracts", "bids", "links", "planning/documents"),
    *("planning/milestones", "planning/budget", "relatedProcesses", "tender/title"),
    *(f"tender/{name}" for name in ("id", "status", "items", "documents", "lots", "milestones", "datePublished")),
    *(f"tender/{name}" for name in ("amendments", "additionalClassifications", "contractPeriod", "suitability")),
)


def as_record(process: Process) -> dict[str, object]:
    """The process as a flat record, its text mended where it was read in a wrong encoding on its way."""
    compiled = process.compiled
    fields = {path: _plain(value) for path, value in _paths(compiled, "")}
    first = process.notices[0] if process.notices else None
    titles = (compiled.get("title"), fields.get("tender/title"), first.title if first else "", compiled["ocid"])
    fields["title"] = next(mended(str(each)) for each in titles if each)
    if address := next((each.address for each in reversed(process.notices) if each.address), ""):
        fields["link"] = address
    return fields


def _paths(value: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, each in value.items():
        path = f"{above}{name}"
        if path in _OPENED and isinstance(each, Mapping):
            yield from _paths(each, f"{path}/")
        else:
            yield path, each


def _plain(value: Any) -> object:
    """Text mended; a sum and a class in words."""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, Mapping) and isinstance(value.get("amount"), int | float):
        return f"{value['amount']:,} {value.get('currency') or ''}".strip()
    if isinstance(value, Mapping) and value.get("scheme") == "CPV":
        return mended(str(value.get("description") or value.get("id") or ""))
    return value
