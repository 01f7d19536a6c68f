"""Partnerships at work, for tests of everything that happens between signing and closing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import RoundKind
from portal.challenges.queries import round_of
from portal.law.money import Vat
from portal.law.releases import ReleaseKind
from portal.partnerships import services as partnering
from portal.partnerships.models import Invoice, Partnership
from portal.partnerships.plans import Billed
from portal.partnerships.services import payments as paying
from portal.policy import Actor
from portal.responses.models import Response
from portal.responses.sections import criterion_key
from tests.support import make
from tests.support.awarded import Award, award

SIGNED = date(2026, 11, 23)
PAPER = Billed("INV-7", 2_000_000, Vat.INCLUSIVE)


@dataclass
class Partners:
    """A challenge with one contract or several at work: ids, and the contracts' references in the order of firms."""

    award: Award
    contracts: list[int]
    references: list[str]

    def contract(self, session: Session, which: int = 0) -> Partnership:
        return session.get_one(Partnership, self.contracts[which])

    def firm(self, session: Session, which: int = 0) -> Actor:
        return actor_of(session, session.get_one(Person, self.award.people[which]))

    def officer(self, session: Session) -> Actor:
        return self.award.officer(session)

    def owner(self, session: Session) -> Actor:
        return self.award.owner(session)

    def invoice(self, session: Session, which: int = 0, *, received: date = SIGNED, **fields: Any) -> Invoice:
        """An invoice of a firm, as an officer recorded it."""
        known: dict[str, Any] = {"number": "INV-7", "amount_pence": 2_000_000, "vat": Vat.INCLUSIVE}
        billed = Billed(**(known | fields))
        return paying.record_invoice(session, self.officer(session), self.contract(session, which), billed, received)


def partners(session: Session, *, firms: int = 1, option: bool = False, **fields: Any) -> Partners:
    """Contracts of some firms, signed and at work."""
    known: dict[str, Any] = {"kind": ReleaseKind.BELOW_THRESHOLD, "value": 5_000_000, "firms": firms, "chosen": firms}
    made = award(session, **(known | ({"purchase_announced": True} if option else {}) | fields))
    contracts = [made.contract(session, number, option=option) for number in range(firms)]
    made.activate(session)
    for each in contracts:
        partnering.sign(session, made.officer(session), each, SIGNED)
    return Partners(made, [each.id for each in contracts], [each.reference for each in contracts])


def ask_for_skills(session: Session, made: Partners) -> int:
    """Let the last criterion have asked for skills; answers its id."""
    found = round_of(session, made.award.challenge(session), RoundKind.CHALLENGE)
    assert found is not None
    criterion = found.criteria[-1]
    criterion.name, criterion.social_outcome = "Skills that stay", "skills"
    return criterion.id


def promised_skills(session: Session, made: Partners) -> int:
    """As `ask_for_skills`, and the first firm promised some."""
    asked = ask_for_skills(session, made)
    response = session.get_one(Response, made.award.responses[0])
    make.snapshot(session, response, number=9, sections={criterion_key(asked): "Two learn to repair."})
    return asked


def in_boxes(name: str, day: date | datetime) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
