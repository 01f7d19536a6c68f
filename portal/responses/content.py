"""What a snapshot holds: canonical JSON of everything that was submitted, written once and read for ever."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.files.models import StoredFile
from portal.journal import canonical
from portal.responses.confidential import is_marked
from portal.responses.models import Response, Snapshot
from portal.responses.sections import PRICE, Written

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Said:
    """One section as submitted. Its text keeps the signs that mark passages, and the reason says why."""

    key: str
    title: str
    question: str
    text: str
    confidential_reason: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file as submitted: its reference, its name, its size in bytes and its SHA-256."""

    reference: str
    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Firm:
    """A member as submitted, with its share in whole per cent."""

    reference: str
    name: str
    role: str
    share_percent: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What was submitted, under which version of the brief; `price_pence` includes VAT.

    `others` will work on it without standing behind it (subcontractors).
    """

    challenge: str
    brief_number: int
    lot_number: int
    lot_title: str
    firms: tuple[Firm, ...]
    price_pence: int | None
    sections: tuple[Said, ...]
    files: tuple[Enclosed, ...]
    others: tuple[str, ...] = ()

    def without_price(self) -> "Content":
        """The same without the price and what is said of it."""
        return replace(self, price_pence=None, sections=tuple(each for each in self.sections if each.key != PRICE))

    def section(self, key: str) -> Said | None:
        """One section by its key."""
        return next((each for each in self.sections if each.key == key), None)


def compose(
    response: Response, sections: Sequence[Written], files: Sequence[StoredFile], others: Sequence[str] = ()
) -> str:
    """The canonical text of a response as it stands; challenge, round, lot and members must be loaded."""
    return canonical(
        {
            "format": FORMAT,
            "response": response.reference,
            "challenge": response.challenge.reference,
            "brief": response.brief_number,
            "round": response.round.kind.value,
            "lot": {"number": response.lot.number, "title": response.lot.title},
            "members": [
                {
                    "organisation": member.organisation.reference,
                    "name": member.organisation.name,
                    "role": member.role.value,
                    "share_percent": member.share_percent,
                    **({"part": member.part} if member.part else {}),
                }
                for member in response.members
                if member.accepted_at
            ],
            **({"others": list(others)} if others else {}),
            "price_pence": response.price_pence,
            "sections": [
                {
                    "key": each.asked.key,
                    "title": each.asked.title,
                    "question": each.asked.question,
                    "text": each.text,
                    **({"confidential": each.confidential_reason} if is_marked(each.text) else {}),
                }
                for each in sections
            ],
            "files": [
                {"reference": each.reference, "name": each.name, "size": each.size, "sha256": each.digest}
                for each in files
            ],
        }
    )


def digest_of(content: str) -> str:
    """The SHA-256 of a snapshot's text."""
    return hashlib.sha256(content.encode()).hexdigest()


def content_of(snapshot: Snapshot) -> Content:
    """What a snapshot says, for pages and for assessors."""
    said: dict[str, Any] = json.loads(snapshot.content)
    return Content(
        challenge=said["challenge"],
        brief_number=said["brief"],
        lot_number=said["lot"]["number"],
        lot_title=said["lot"]["title"],
        firms=tuple(
            Firm(m["organisation"], m["name"], m["role"], m["share_percent"], m.get("part", ""))
            for m in said["members"]
        ),
        price_pence=said["price_pence"],
        sections=tuple(
            Said(s["key"], s["title"], s["question"], s["text"], s.get("confidential", "")) for s in said["sections"]
        ),
        files=tuple(Enclosed(f["reference"], f["name"], f["size"], f["sha256"]) for f in said["files"]),
        others=tuple(said.get("others", ())),
    )
