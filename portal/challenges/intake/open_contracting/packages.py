"""From a package to its contracting processes: each with its releases merged and the notices they stand for."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from portal.challenges.intake.open_contracting.merging import merged
from portal.challenges.intake.open_contracting.notices import notice_of
from portal.challenges.intake.open_contracting.reading import Process
from portal.challenges.intake.open_contracting.shape import faults
from portal.challenges.intake.records import RefusedRecord
from portal.law.ocids import is_official

_NAMED: Final = 5
"""How many faults of a release are named one by one."""

_Release = dict[str, Any]


def is_package(whole: Mapping[str, object]) -> bool:
    """Whether this is, or means to be, a release package, a record package or one release of the standard."""
    return any(key in whole for key in ("releases", "records", "ocid"))


def processes(whole: Mapping[str, Any]) -> list[object]:
    """The processes of a package in its order, and the releases that were refused, at their places."""
    if "ocid" in whole:
        return list(_of_releases([whole], "")) if "records" not in whole else []
    if isinstance(whole.get("records"), list):
        return [_of_record(number, record) for number, record in enumerate(whole["records"], start=1)]
    releases = whole.get("releases", whole.get("records"))
    if not isinstance(releases, list):
        return [RefusedRecord(1, "The package’s releases are not a list.")]
    return list(_of_releases(releases, "/releases"))


def _of_releases(releases: list[Any], path: str) -> Iterator[object]:
    """Releases of one process belong together, wherever they stand; each that is wrong is refused by itself."""
    good: dict[str, list[_Release]] = {}
    for number, release in enumerate(releases, start=1):
        if words := _refusal(release, f"{path}/{number - 1}" if path else ""):
            yield RefusedRecord(number, words)
        else:
            good.setdefault(release["ocid"], []).append(release)
    yield from (_process(each) for each in good.values())


def _of_record(number: int, record: Any) -> object:
    path = f"/records/{number - 1}"
    if not isinstance(record, dict):
        return RefusedRecord(number, f"{path} should be an object.")
    given = record.get("releases")
    embedded = [each for each in given if isinstance(each, dict) and "ocid" in each] if isinstance(given, list) else []
    compiled = record.get("compiledRelease")
    if not embedded and compiled is None:
        return RefusedRecord(number, f"{path} only links to its releases. Bring in the releases themselves.")
    parts = [*((f"releases/{at}", each) for at, each in enumerate(embedded)), ("compiledRelease", compiled)]
    for place, release in parts:
        if release is not None and (words := _refusal(release, f"{path}/{place}")):
            return RefusedRecord(number, words)
    return _process(embedded, compiled)


def _process(releases: list[_Release], compiled: _Release | None = None) -> Process:
    in_order = sorted(releases, key=lambda each: notice_of(each).published_at)
    whole: _Release = {}
    for each in in_order:
        whole = merged(whole, each)
    return Process(compiled if compiled is not None else whole, tuple(dict.fromkeys(map(notice_of, in_order))))


def _refusal(release: Any, path: str) -> str:
    """Why a release cannot be taken, with the paths that are wrong; nothing where it can."""
    wrong = [f"{path}{fault}" for fault in faults(release)]
    if not wrong and not is_official(release["ocid"]):
        return f"{path}/ocid is {release['ocid'][:80]}, which no official platform gave: theirs begin with ocds-."
    if not wrong:
        return ""
    more = f"; and {len(wrong) - _NAMED:,} more" if len(wrong) > _NAMED else ""
    return f"The release departs from the standard: {'; '.join(wrong[:_NAMED])}{more}."
