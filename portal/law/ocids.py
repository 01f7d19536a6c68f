"""Identifiers of contracting processes (ocid) that official platforms give, told apart from our own."""

import re
from typing import Final

FIND_A_TENDER: Final = "ocds-h6vhtk-"
CONTRACTS_FINDER: Final = "ocds-b5fd17-"

_OFFICIAL = re.compile(r"ocds-[a-z0-9]{6}-[\w.:/-]{1,80}", re.ASCII)


def official_ocid(text: str) -> str:
    """An identifier with a prefix that the Open Contracting Partnership registered: `ocds-` and six characters.

    Our own begin otherwise (the portal refuses to start with a prefix that begins with `ocds-`), so that neither is
    ever taken for the other. Raises `ValueError` with a sentence.
    """
    typed = text.strip()
    if not _OFFICIAL.fullmatch(typed):
        raise ValueError(
            "Enter the procurement identifier (ocid) as the official platform shows it, such as ocds-h6vhtk-068ae4."
        )
    return typed


def is_official(text: str) -> bool:
    """Whether an official platform gave this identifier, as far as its form tells."""
    return _OFFICIAL.fullmatch(text) is not None


def platform_of(ocid: str) -> str:
    """The name of the platform an official identifier comes from, or nothing where we do not know it."""
    if ocid.startswith(FIND_A_TENDER):
        return "Find a Tender"
    return "Contracts Finder" if ocid.startswith(CONTRACTS_FINDER) else ""
