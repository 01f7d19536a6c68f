"""Which messages were sent about a challenge: their kind, when, and to whom by role; never a name or an address."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import RoleGrant
from portal.challenges.models import Challenge, Round
from portal.outbox import OutboxMessage
from portal.partnerships.models import Partnership
from portal.policy import Role
from portal.responses.models import Response

COLUMNS = ("Kind of message", "To", "Queued", "Sent", "Given up")
_OF_FIRMS = frozenset({Role.SUPPLIER_ADMINISTRATOR, Role.SUPPLIER_MEMBER})
_MOST = 200


def messages_sent(session: Session, challenge: Challenge) -> Iterator[list[Any]]:
    """A row for each message that names the challenge, an opened response to it, or one of its partnerships.

    While a round is not opened, nothing that went to firms is told: even how many it went to is sealed.
    """
    sealed = _is_sealed(session, challenge)
    found = list(
        session.scalars(select(OutboxMessage).where(_names(session, challenge)).order_by(OutboxMessage.id)).all()
    )
    roles = _roles(session, challenge, {each.to_person_id for each in found if each.to_person_id})
    for each in found:
        held = roles.get(each.to_person_id or 0, frozenset())
        if sealed and (each.kind.startswith("responses.") or held <= _OF_FIRMS):
            continue
        yield [each.kind, _in_words(each, held), each.queued_at, each.sent_at, each.given_up_at]


def _is_sealed(session: Session, challenge: Challenge) -> bool:
    rounds = select(Round.id).where(Round.challenge_id == challenge.id, Round.opened_at.is_(None))
    return session.scalar(rounds.limit(1)) is not None


def _names(session: Session, challenge: Challenge) -> Any:
    """Parameters are JSON with sorted keys: an identifier is found by how it is written there."""
    opened = select(Response.reference).where(Response.challenge_id == challenge.id, Response.opened_at.is_not(None))
    contracts = select(Partnership.reference).where(Partnership.challenge_id == challenge.id)
    references = [challenge.reference, *session.scalars(opened.limit(_MOST)), *session.scalars(contracts.limit(_MOST))]
    number = f'"challenge": {challenge.id}'
    return or_(
        *(OutboxMessage.parameters.contains(f'"{each}"', autoescape=True) for each in references),
        *(OutboxMessage.parameters.contains(number + end, autoescape=True) for end in (",", "}")),
    )


def _roles(session: Session, challenge: Challenge, people: set[int | None]) -> dict[int, frozenset[Role]]:
    """What each of these people was to the challenge, its lead, or to a firm, at any time."""
    rows = session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .where(
            RoleGrant.person_id.in_(people),
            or_(
                RoleGrant.organisation_id == challenge.lead_id,
                RoleGrant.challenge_id == challenge.id,
                RoleGrant.role.in_((*_OF_FIRMS, Role.SUPPORT_ADVISER)),
            ),
        )
        .order_by(RoleGrant.id)
    )
    held: dict[int, set[Role]] = {}
    for person, role in rows:
        held.setdefault(person, set()).add(role)
    return {person: frozenset(roles) for person, roles in held.items()}


def _in_words(message: OutboxMessage, held: frozenset[Role]) -> str:
    if message.to_person_id is None:
        return "Somebody without an account"
    return ", ".join(sorted(each.label for each in held)) or "Somebody else"
