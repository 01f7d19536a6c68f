"""What a challenge's moves set in motion here, and how firms hear of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal import outbox
from portal.accounts.queries import holders
from portal.challenges.models import Challenge
from portal.machine import Situation
from portal.partnerships.models import Partnership
from portal.partnerships.queries import chosen, contracts_of, firms_behind, people_of
from portal.policy import Actor, Role, Scope, ScopeKind
from portal.workflow import fire


def begin_partnerships(at: Situation[Challenge]) -> None:
    """The effect of activating: every contract with a chosen firm comes to life, the others are set aside."""
    session, actor = at.session, at.actor
    assert isinstance(actor, Actor)
    partners = {each.id: each for each in chosen(session, at.subject)}
    for contract in contracts_of(session, at.subject):
        if contract.state != "prepared":
            continue
        response = partners.get(contract.response_id)
        fire(session, actor, contract, "mobilise" if response else "set_aside")
        if response:
            fire(session, actor, response, "become_partner")
            tell(session, contract, "partnerships.begun")


def tell(session: Session, contract: Partnership, kind: str, **data: Any) -> None:
    """Write to everybody who answers for the firms behind a contract."""
    for person_id in people_of(session, firms_behind(contract)):
        outbox.queue(session, kind, person_id, partnership=contract.reference, **data)


def officers_of(session: Session, contract: Partnership) -> Sequence[int]:
    """The procurement officers of the authority that leads the challenge, by id."""
    return holders(session, Role.PROCUREMENT_OFFICER, Scope(ScopeKind.AUTHORITY, contract.challenge.lead_id))


def tell_officers(session: Session, contract: Partnership, kind: str, **data: Any) -> None:
    """Write to the procurement officers of the authority that leads the challenge."""
    for officer in officers_of(session, contract):
        outbox.queue(session, kind, officer, **data)
