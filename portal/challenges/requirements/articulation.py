"""What must be in order before a challenge is released."""

from sqlalchemy import select

from portal.challenges import parts, standing
from portal.challenges.brief_content import must_haves, sections_of
from portal.challenges.models import Challenge, ChallengeAuthor, ConflictDeclaration, Round, RoundKind
from portal.challenges.sections import DEAL_STAGES, SECTIONS
from portal.law.releases import ReleaseKind
from portal.machine import Situation, requirement
from portal.policy import Role

_NEEDS_REASON = frozenset({ReleaseKind.PROTOTYPE, ReleaseKind.EXEMPT})


@requirement("You wrote on this brief, so somebody else has to release it.")
def not_an_author(at: Situation[Challenge]) -> bool:
    """A bar: whoever wrote a brief never releases it."""
    key = (at.subject.id, at.actor.person_id)
    return at.actor.person_id is None or at.session.get(ChallengeAuthor, key) is None


@requirement("The brief is complete.", link="brief.tasks#brief")
def brief_complete(at: Situation[Challenge]) -> list[str]:
    """Every required section, a summary and something a solution must do."""
    missing = [] if at.subject.summary else ["Title and summary"]
    written = {key for key, row in sections_of(at.session, at.subject).items() if row.source.strip()}
    missing += [section.title for section in SECTIONS if section.required and section.key not in written]
    if not must_haves(at.session, at.subject):
        missing.append("What a solution must do")
    return missing


@requirement("The deal is told in full.", link="brief.deal")
def deal_complete(at: Situation[Challenge]) -> list[str]:
    """Paid or unpaid and hours for each stage, how many go on, when we decide, who keeps what, what if unfunded."""
    deal = parts.read(at.session, at.subject, "deal")
    said = {stage["stage"] for stage in deal["stages"]}
    missing = [
        f"What “{title}” pays" for number, title in DEAL_STAGES[at.subject.pathway].items() if number not in said
    ]
    lines = {
        "go_on_count": "How many firms go on",
        "decision_on": "When you decide",
        "intellectual_property": "Who keeps the ideas",
        "if_unfunded": "What happens if no money is found",
    }
    return missing + [words for name, words in lines.items() if not deal[name]]


@requirement("The legal route is chosen and fits the value.", link="brief.route")
def route_chosen(at: Situation[Challenge]) -> list[str]:
    """Release kind, contract kind, estimated value and market gap, and a kind that the law leaves open."""
    challenge = at.subject
    missing = []
    if challenge.contract_kind is None:
        missing.append("What kind of thing is bought")
    if challenge.estimated_pence is None:
        missing.append("The estimated value")
    if not challenge.market_gap:
        missing.append("What the market does not offer yet")
    if challenge.release_kind is None:
        return [*missing, "What the release is in law"]
    if challenge.release_kind in _NEEDS_REASON and not challenge.route_reason:
        missing.append("The reasons for doing without a competition")
    closed = [
        r for r in standing.routes_of(at.session, challenge) if r.kind is challenge.release_kind and not r.is_open
    ]
    return missing + [f"“{route.kind.title}” is not open: {route.reason}" for route in closed]


@requirement("Conflicts of interest are assessed.", link="brief.conflicts")
def conflicts_assessed(at: Situation[Challenge]) -> list[str]:
    """Owner and officer have declared, the sponsor was asked, and the assessment is newer than every declaration."""
    challenge = at.subject
    declared = at.session.execute(
        select(ConflictDeclaration.person_id, ConflictDeclaration.capacity, ConflictDeclaration.declared_at).where(
            ConflictDeclaration.challenge_id == challenge.id
        )
    ).all()
    missing = []
    if challenge.owner_id is None:
        missing.append("The challenge has no owner to declare interests")
    elif challenge.owner_id not in {person for person, _, _ in declared}:
        missing.append("The challenge owner has not declared their interests")
    if Role.PROCUREMENT_OFFICER.label not in {capacity for _, capacity, _ in declared}:
        missing.append("No procurement officer has declared their interests")
    if not challenge.sponsor_interests:
        missing.append("What the sponsor said about their interests")
    if challenge.conflicts_assessed_at is None:
        missing.append("The officer's assessment")
    elif any(when > challenge.conflicts_assessed_at for _, _, when in declared):
        missing.append("Somebody declared since the officer's assessment: assess again")
    return missing


@requirement("It was considered whether firms could answer a part (lots).", link="brief.lots")
def lots_considered(at: Situation[Challenge]) -> bool:
    """Lots, or the reason for none (Procurement Act 2023 s.18)."""
    if at.subject.lots_reason:
        return True
    rows = select(Round).where(Round.challenge_id == at.subject.id, Round.kind == RoundKind.CHALLENGE)
    found = at.session.scalars(rows).first()
    return found is not None and len(found.lots) > 1
