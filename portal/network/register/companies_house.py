"""Looking a company up by its number: in the rows that were imported, or at Companies House where a key is set.

The public API answers `GET /company/{number}` with the key as user name of basic authentication; source: Companies
House, “Public Data API reference”, Company profile.
"""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy.orm import Session

from portal.law import companies
from portal.network.register.models import RegisteredCompany

ADDRESS: Final = "https://api.company-information.service.gov.uk/company/"
SECONDS: Final = 4
_MOST_BYTES: Final = 200_000


@dataclass(frozen=True)
class Company:
    """What a register says of a company. `postcode` is that of its registered office."""

    number: str
    name: str
    status: str
    postcode: str | None
    source: str


class Register(Protocol):
    """Whoever can be asked for a company."""

    def company(self, number: str) -> Company | None:
        """The company with this number, None where there is none. Raises `NotReached`."""


class NotReached(Exception):
    """Companies House could not be asked; the details are filled in by hand."""

    SENTENCE = "Companies House could not be reached. Fill in the details by hand, or try again later."


class ByHand:
    """Without a key nobody is asked."""

    def company(self, number: str) -> Company | None:
        """Nothing is known."""
        return None


class PublicDataApi:
    """Companies House itself. `fetch` opens a request and answers its bytes."""

    def __init__(self, key: str, fetch: Callable[[urllib.request.Request], bytes] | None = None) -> None:
        self._key = base64.b64encode(f"{key}:".encode()).decode()
        self._fetch = fetch or _fetched

    def company(self, number: str) -> Company | None:
        """Ask for a company by its number. Raises `NotReached`."""
        address = ADDRESS + number  # a number in its eight characters, so that nothing else can be asked for
        request = urllib.request.Request(address, headers={"Authorization": f"Basic {self._key}"})  # noqa: S310
        try:
            said: Any = json.loads(self._fetch(request))
        except urllib.error.HTTPError as problem:
            if problem.code == 404:
                return None
            raise NotReached from None
        except (OSError, ValueError):
            raise NotReached from None
        return _company(number, said)


def look_up(session: Session, register: Register, typed: str) -> Company | None:
    """What is known of a company by its number, however it is typed: the imported rows first, then the register.

    Raises `ValueError` with a sentence for what is no company number, `NotReached`.
    """
    number = companies.company_number(typed)
    row = session.get(RegisteredCompany, number)
    if row is not None:
        return Company(number, row.name, row.status, row.postcode, "Companies House’s company data, as imported")
    return register.company(number)


def _company(number: str, said: Any) -> Company | None:
    name = said.get("company_name") if isinstance(said, dict) else None
    if not isinstance(name, str) or not name:
        raise NotReached
    office = said.get("registered_office_address")
    try:
        postcode = companies.postcode(str(office["postal_code"]))
    except (ValueError, TypeError, KeyError):
        postcode = None
    return Company(number, name[:200], str(said.get("company_status", ""))[:60], postcode, "Companies House")


def _fetched(request: urllib.request.Request) -> bytes:
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 (the address is ours)
        content: bytes = answer.read(_MOST_BYTES)
        return content
