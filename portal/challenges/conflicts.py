"""Who has to declare interests in a challenge, who has, and what an officer still has to do before a notice.

Procurement Act 2023 ss.81–83: everybody who can influence a decision is covered, conflicts are mitigated, and the
assessment is kept under review and confirmed when a tender, transparency, contract details or change notice is
published.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person, RoleGrant
from portal.challenges.models import Challenge, ChallengeParty, ConflictDeclaration, ConflictReview, Part
from portal.policy import Permission, Role, ScopeKind, roles_with

CONFIRMED_BEFORE = ("UK4", "UK5", "UK7", "UK10")
"""The notices in which an authority says that it has looked at conflicts anew (s.83(5))."""

_INVOLVED = roles_with(Permission.CONFLICT_DECLARE) - {Role.BUDGET_HOLDER, Role.PROCUREMENT_OFFICER}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: somebody who declared, or who still has to."""

    person_id: int
    name: str
    capacity: str
    declaration: ConflictDeclaration | None

    @property
    def conflicted(self) -> bool:
        """Whether they declared an interest."""
        return self.declaration is not None and self.declaration.conflicted

    @property
    def open(self) -> bool:
        """Whether something is left to do: to declare, or to say what is done about an interest."""
        declared = self.declaration
        return declared is None or (declared.conflicted and not declared.mitigation)


def register(session: Session, challenge: Challenge) -> list[Entry]:
    """Who has declared what, and who has a part in this challenge and has not, by name."""
    declared = {
        row.person_id: Entry(row.person_id, name, row.capacity, row)
        for row, name in session.execute(
            select(ConflictDeclaration, Person.name)
            .join(Person, Person.id == ConflictDeclaration.person_id)
            .where(ConflictDeclaration.challenge_id == challenge.id)
        )
    }
    missing = {
        person: Entry(person, name, role.label, None)
        for person, name, role in _concerned(session, challenge)
        if person not in declared
    }
    return sorted((declared | missing).values(), key=lambda each: (each.name, each.person_id))


def _concerned(session: Session, challenge: Challenge) -> list[tuple[int, str, Role]]:
    """Its owner, its advisers and those with a part in it alone; officers and approvers declare when they act."""
    advisers = select(ChallengeParty.organisation_id).where(
        ChallengeParty.challenge_id == challenge.id, ChallengeParty.part == Part.SUPPORT
    )
    rows = session.execute(
        select(Person.id, Person.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role.in_(sorted(_INVOLVED)),
            RoleGrant.ended_at.is_(None),
            Person.removed_at.is_(None),
            or_(
                (RoleGrant.scope_kind == ScopeKind.CHALLENGE) & (RoleGrant.challenge_id == challenge.id),
                (RoleGrant.scope_kind == ScopeKind.PARTNER) & RoleGrant.organisation_id.in_(advisers),
                (RoleGrant.role == Role.CHALLENGE_OWNER) & (Person.id == (challenge.owner_id or 0)),
            ),
        )
        .order_by(Person.name, Person.id)
    )
    return [(person, name, Role(role)) for person, name, role in rows]


def unconfirmed(session: Session, challenge: Challenge, notice: str, since: datetime | None) -> list[str]:
    """What is missing before this notice: conflicts without a remedy, and a confirmation newer than all of them.

    `since` is when such a notice was published last, so that each has a confirmation of its own.
    """
    if notice not in CONFIRMED_BEFORE:
        return []
    bare = session.scalars(
        select(Person.name)
        .join(ConflictDeclaration, ConflictDeclaration.person_id == Person.id)
        .where(
            ConflictDeclaration.challenge_id == challenge.id,
            ConflictDeclaration.conflicted,
            ConflictDeclaration.mitigation == "",
        )
        .order_by(Person.name)
    )
    missing = [f"It is not recorded what is done about the interest of {name}" for name in bare]
    declared = session.scalar(
        select(func.max(ConflictDeclaration.declared_at)).where(ConflictDeclaration.challenge_id == challenge.id)
    )
    confirmed = session.scalar(
        select(func.max(ConflictReview.confirmed_at)).where(
            ConflictReview.challenge_id == challenge.id, ConflictReview.notice == notice
        )
    )
    newest = max((each for each in (declared, since) if each is not None), default=None)
    if confirmed is None or (newest is not None and confirmed < newest):
        missing.append(f"Confirm the assessment of conflicts for this notice ({notice})")
    return missing


def reviews_of(session: Session, challenge: Challenge) -> list[tuple[str, datetime, str]]:
    """Every confirmation: the notice's code, when, and by whom, the latest first."""
    rows = session.execute(
        select(ConflictReview.notice, ConflictReview.confirmed_at, Person.name)
        .outerjoin(Person, Person.id == ConflictReview.confirmed_by_id)
        .where(ConflictReview.challenge_id == challenge.id)
        .order_by(ConflictReview.confirmed_at.desc(), ConflictReview.id.desc())
    )
    return [(notice, at, name or "Somebody") for notice, at, name in rows]
