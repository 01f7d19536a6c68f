"""A ZIP archive that is sent while it is made: one part at a time, and at the end what each part's digest is."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive: its name, what it is in words, and its content."""

    name: str
    about: str
    content: bytes


class _Sent(io.RawIOBase):
    """Takes what is written and gives it away: the archive never lies anywhere as a whole."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._waiting.append(bytes(data))
        return len(self._waiting[-1])

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        given, self._waiting = b"".join(self._waiting), []
        return given


def archive(parts: Iterable[Part], *, made_at: datetime, about: dict[str, Any]) -> Iterator[bytes]:
    """The archive in pieces. Its last file, `manifest.json`, names every other with its size and SHA-256."""
    sent, listed = _Sent(), []
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as written:
        for part in parts:
            written.writestr(_entry(part.name, made_at), part.content)
            listed.append(
                {
                    "name": part.name,
                    "about": part.about,
                    "bytes": len(part.content),
                    "sha256": hashlib.sha256(part.content).hexdigest(),
                }
            )
            yield sent.taken()
        manifest = about | {"made_at": made_at.isoformat(), "files": listed}
        written.writestr(_entry("manifest.json", made_at), as_json(manifest))
    yield sent.taken()


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=made_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def as_json(value: Any) -> bytes:
    """JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_told).encode()


def _told(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
