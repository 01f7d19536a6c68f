"""From a release to the official notice it was published with."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from portal.challenges.intake.notices import IncomingNotice
from portal.text import mended

_SECTIONS: Final = ("planning", "tender", "awards", "contracts")
_NOTICE_TYPES: Final = ("tenderNotice", "awardNotice", "contractNotice", "marketEngagementNotice")


def notice_of(release: Mapping[str, Any]) -> IncomingNotice:
    """The notice a release was published with. The release is valid."""
    own = _document(release)
    return IncomingNotice(
        ocid=release["ocid"],
        number=release["id"],
        published_at=datetime.fromisoformat(release["date"]).astimezone(UTC),
        code=str(own.get("noticeType") or ""),
        title=mended(str(own.get("description") or "")),
        address=_web_page(own.get("url")),
    )


def _document(release: Mapping[str, Any]) -> Mapping[str, Any]:
    """The release's own notice among its documents: that with its number, else the first notice named as such."""
    found = [each for each in _documents(release) if each.get("documentType", "").endswith("Notice")]
    own = [each for each in found if each.get("id") == release["id"]]
    typed = [each for each in found if each.get("documentType") in _NOTICE_TYPES]
    return next(iter([*own, *typed, *found]), {})


def _documents(release: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in _SECTIONS:
        section = release.get(name) or []
        for each in section if isinstance(section, list) else [section]:
            for document in each.get("documents") or []:
                yield document | {"documentType": document.get("documentType") or ""}


def _web_page(address: Any) -> str:
    usable = isinstance(address, str) and address.startswith("https://") and not set(address) & set(" \"'<>\\")
    return address if usable and len(address) <= 500 else ""
