"""Asking people to declare their interests as soon as a challenge concerns them, before they act in it.

Procurement Act 2023 s.81: an authority identifies the interests of everybody who may influence a decision.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import outbox
from portal.accounts.queries import holders
from portal.challenges.models import Challenge, ConflictDeclaration
from portal.machine import Situation
from portal.policy import Role, Scope, ScopeKind


def ask_to_declare(session: Session, challenge: Challenge, people: Iterable[int]) -> None:
    """Write to those who have not declared yet; nobody is written to twice about one challenge."""
    declared = session.scalars(
        select(ConflictDeclaration.person_id).where(ConflictDeclaration.challenge_id == challenge.id)
    )
    for person in sorted(set(people) - set(declared)):
        once = f"declare:{challenge.id}:{person}"
        outbox.queue(session, "challenges.declare_interests", person, once_key=once, challenge=challenge.id)


def ask_officers(session: Session, challenge: Challenge) -> None:
    """Write to the lead authority's procurement officers: from its brief on, they keep the challenge lawful."""
    lead = Scope(ScopeKind.AUTHORITY, challenge.lead_id)
    ask_to_declare(session, challenge, holders(session, Role.PROCUREMENT_OFFICER, lead))


def ask_approvers(session: Session, challenge: Challenge) -> None:
    """Write to the lead authority's budget holders: somebody asks them for money."""
    lead = Scope(ScopeKind.AUTHORITY, challenge.lead_id)
    ask_to_declare(session, challenge, holders(session, Role.BUDGET_HOLDER, lead))


def ask_advisers(session: Session, challenge: Challenge, partner: int) -> None:
    """Write to the advisers of a body that will support the firms."""
    ask_to_declare(session, challenge, holders(session, Role.SUPPORT_ADVISER, Scope(ScopeKind.PARTNER, partner)))


def ask_sponsor(session: Session, challenge: Challenge, email: str) -> None:
    """Write to the sponsor, who needs no account: an officer writes down what they answer."""
    once = f"sponsor:{challenge.id}:{email.casefold()}"[:120]
    outbox.queue(session, "challenges.sponsor_interests", email, once_key=once, challenge=challenge.id)


def officers_asked(at: Situation[Challenge]) -> None:
    """The effect of a move after which officers are concerned."""
    ask_officers(at.session, at.subject)
