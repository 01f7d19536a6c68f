"""Rows for tests, each with sensible defaults. Only tests may put a subject into a state without firing."""

import json
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Person, RoleGrant
from portal.challenges.models import Challenge, ChallengeParty, Criterion, Lot, Part, Round, RoundKind
from portal.challenges.pathway import Pathway
from portal.db import clock
from portal.law.releases import ReleaseKind
from portal.law.thresholds import AuthorityKind, ContractKind
from portal.organisations.models import Directorate, Organisation, SupplierKind
from portal.policy import Role
from portal.responses.models import Eligibility, MemberRole, Response, ResponseMember, ResponseSection, Snapshot

_number = count(1)
_UNRELEASED = {"design_thinking", "articulation"}


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def person(session: Session, **fields: Any) -> Person:
    """Somebody with a confirmed address and no password."""
    n = next(_number)
    known: dict[str, Any] = {"email": f"person{n}@example.org", "name": f"Person {n}"}
    made: Person = _added(
        session, Person(**(known | {"created_at": clock.now(), "confirmed_at": clock.now()} | fields))
    )
    return made


def authority(session: Session, **fields: Any) -> Organisation:
    """A council with one directorate."""
    n = next(_number)
    known: dict[str, Any] = {"name": f"Council {n}", "code": f"C{n}", "authority_kind": AuthorityKind.LOCAL_AUTHORITY}
    made: Organisation = _added(
        session, Organisation(**(known | {"is_authority": True, "created_at": clock.now()} | fields))
    )
    session.add(Directorate(organisation_id=made.id, name="Adult services"))
    return made


def supplier(session: Session, **fields: Any) -> Organisation:
    """A micro firm."""
    n = next(_number)
    known: dict[str, Any] = {"name": f"Firm {n}", "supplier_kind": SupplierKind.COMPANY, "headcount": 4}
    made: Organisation = _added(
        session, Organisation(**(known | {"is_supplier": True, "created_at": clock.now()} | fields))
    )
    return made


def partner(session: Session, **fields: Any) -> Organisation:
    """A body that gives business support."""
    n = next(_number)
    made: Organisation = _added(
        session, Organisation(**({"name": f"Growth hub {n}", "is_partner": True, "created_at": clock.now()} | fields))
    )
    return made


def grant(session: Session, who: Person, role: Role, within: Organisation | Challenge | None = None) -> RoleGrant:
    """A role within an organisation, a challenge, or the portal; a deputy's lasts from yesterday for a month."""
    today = clock.now().date()
    dates = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=30)}
    made: RoleGrant = _added(
        session,
        RoleGrant(
            person_id=who.id,
            role=role,
            scope_kind=role.scope_kind,
            organisation_id=within.id if isinstance(within, Organisation) else None,
            challenge_id=within.id if isinstance(within, Challenge) else None,
            granted_at=clock.now(),
            **(dates if role is Role.DEPUTY else {}),
        ),
    )
    return made


def person_as(session: Session, role: Role, within: Organisation | Challenge | None = None) -> Person:
    """Somebody new who holds one role."""
    who = person(session)
    grant(session, who, role, within)
    return who


def challenge(session: Session, *, state: str = "design_thinking", **fields: Any) -> Challenge:
    """A challenge resting at `state`, with its round (deadline in thirty days if open, passed if later)."""
    now = clock.now()
    lead = fields.pop("lead", None) or authority(session)
    released = None if state in _UNRELEASED else now - timedelta(days=40)
    known: dict[str, Any] = {
        "reference": f"{lead.code}-2026-{next(_number):03}",
        "pathway": Pathway.SHOWCASE,
        "title": "Buses that wait for the people who need them",
        "summary": "How might we help people with learning disabilities travel alone?",
        "theme": "transport",
        "lead_id": lead.id,
        "release_kind": ReleaseKind.BELOW_THRESHOLD,
        "contract_kind": ContractKind.SERVICES,
        "estimated_pence": 4_000_000,
        "state": state,
        "state_since": now,
        "created_at": now - timedelta(days=60),
        "released_at": released,
        "activated_at": now if state == "activated" else None,
        "brief_number": 1 if released else 0,
    }
    made: Challenge = _added(session, Challenge(**(known | fields)))
    _added(session, ChallengeParty(challenge_id=made.id, organisation_id=lead.id, part=Part.LEAD))
    session.refresh(made)
    round_of(session, made, deadline=now + timedelta(days=30 if state in _UNRELEASED | {"open"} else -5))
    return made


def round_of(session: Session, of: Challenge, *, kind: RoundKind = RoundKind.CHALLENGE, **fields: Any) -> Round:
    """A round with one lot and two criteria of 60 and 40."""
    made: Round = _added(
        session, Round(challenge_id=of.id, kind=kind, **({"opens_at": of.released_at, "quorum": 2} | fields))
    )
    _added(session, Lot(round_id=made.id, number=1))
    for position, (name, weight) in enumerate((("Fit with the need", 60), ("Delivery", 40)), start=1):
        _added(session, Criterion(round_id=made.id, position=position, name=name, weight=weight, question=f"{name}?"))
    session.refresh(made)
    return made


def response(
    session: Session, of: Challenge, *, text: str = "Our answer.", state: str = "draft", **fields: Any
) -> Response:
    """A firm's response to the challenge's only lot, with one section."""
    from sqlalchemy import select

    asked = session.scalars(select(Round).where(Round.challenge_id == of.id)).first()
    assert asked is not None
    firm = fields.pop("organisation", None) or supplier(session)
    now = clock.now()
    known: dict[str, Any] = {
        "challenge_id": of.id,
        "round_id": asked.id,
        "lot_id": asked.lots[0].id,
        "organisation_id": firm.id,
        "started_at": now,
        "state": state,
        "state_since": now,
        "submitted_at": None if state == "draft" else now,
        "opened_at": None if state in {"draft", "submitted", "withdrawn"} else now,
    }
    made: Response = _added(session, Response(**(known | fields)))
    lead = {"role": MemberRole.LEAD, "share_percent": 100, "accepted_at": now}
    session.add(ResponseMember(response_id=made.id, organisation_id=firm.id, **lead))
    session.add(ResponseSection(response_id=made.id, key="summary", text=text, saved_at=now))
    session.flush()
    return made


def snapshot(session: Session, of: Response, *, number: int = 1, **content: Any) -> Snapshot:
    """What the firm submitted; without `sections` (texts by key), a sentence on every criterion of the round."""
    from sqlalchemy import select

    asked = session.scalars(select(Criterion).where(Criterion.round_id == of.round_id).order_by(Criterion.position))
    answers = {f"criterion-{each.id}": f"How we deliver {each.name.lower()}." for each in asked}
    texts = content.pop("sections", {"summary": "Our answer in short.", "price": "All costs are named."} | answers)
    known: dict[str, Any] = {
        "challenge": "",
        "brief": of.brief_number,
        "lot": {"number": 1, "title": ""},
        "members": [],
        "price_pence": 1_200_000,
        "sections": [{"key": key, "title": key, "question": "", "text": text} for key, text in texts.items()],
        "files": [],
    }
    made: Snapshot = _added(
        session,
        Snapshot(
            response_id=of.id,
            number=number,
            content=json.dumps(known | content),
            digest="0" * 64,
            submitted_at=clock.now(),
            journal_sequence=1,
            journal_digest="0" * 64,
        ),
    )
    return made


def eligible(session: Session, of: Response) -> Eligibility:
    """An officer found the response eligible."""
    made: Eligibility = _added(session, Eligibility(response_id=of.id, eligible=True, decided_at=clock.now()))
    return made


def member(session: Session, of: Response, firm: Organisation, *, share: int = 20) -> ResponseMember:
    """A partner that has accepted; the lead keeps the rest."""
    made: ResponseMember = _added(
        session,
        ResponseMember(
            response_id=of.id,
            organisation_id=firm.id,
            role=MemberRole.PARTNER,
            share_percent=share,
            accepted_at=clock.now(),
        ),
    )
    return made
