"""Proposing to buy together, answering, and beginning the joint challenge."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.queries import holders
from portal.challenges.models import Challenge, Lot, Part, Round
from portal.challenges.pathway import Pathway
from portal.challenges.services import bodies
from portal.challenges.services.starting import NewChallenge, start
from portal.db import clock, hold
from portal.machine import NotNow
from portal.network.joint.models import JointBody, JointLot, JointProposal
from portal.network.joint.queries import Seen
from portal.network.needs.models import PlannedNeed, Theme
from portal.organisations.models import Organisation
from portal.policy import Actor, Role, Scope, ScopeKind
from portal.workflow import fire


def propose(
    session: Session,
    actor: Actor,
    lead: Organisation,
    needs: Sequence[PlannedNeed],
    *,
    title: str,
    why: str,
    lots: Sequence[str],
) -> JointProposal:
    """Ask the bodies behind these needs to buy together; the lead's own needs may be among them.

    Raises `NotNow` where no other body's need is among them.
    """
    others = sorted({need.organisation_id for need in needs} - {lead.id})
    if not others:
        raise NotNow("Choose a need of at least one other body. Alone, you can begin a challenge of your own.")
    now = clock.now()
    proposal = JointProposal(
        lead_id=lead.id,
        title=title,
        why=why,
        proposed_at=now,
        proposed_by_id=actor.person_id,
        state="proposed",
        state_since=now,
        lots=[JointLot(number=number, title=each) for number, each in enumerate(lots, start=1)],
        bodies=[JointBody(organisation_id=each) for each in others],
        needs=list(needs),
    )
    session.add(proposal)
    session.flush()
    journal.record(session, actor, "joint.proposed", ("joint_proposal", proposal.id), lead=lead.id, asked=len(others))
    for body in others:
        _tell(session, "joint.asked", body, proposal)
    return proposal


def answer(session: Session, actor: Actor, seen: Seen, *, accepts: bool, reason: str) -> None:
    """Accept or decline for a body; it may think again until the challenge begins.

    Raises `NotNow` where it was not asked, or the proposal is closed.
    """
    proposal = seen.proposal
    hold(session, proposal)
    if proposal.state != "proposed" or seen.asked is None:
        raise NotNow("This proposal is closed. Nothing was changed.")
    asked = seen.asked
    asked.accepts, asked.reason = accepts, reason
    asked.answered_at, asked.answered_by_id = clock.now(), actor.person_id
    journal.record(session, actor, "joint.answered", ("joint_proposal", proposal.id), body=seen.id, accepts=accepts)
    _tell(session, "joint.answered", proposal.lead_id, proposal, about=seen.id)


def begin(session: Session, actor: Actor, seen: Seen) -> Challenge:
    """Make a challenge of it, in the lead's design thinking, with the bodies that accepted and its lots. Those that
    accepted are told, and those that had not answered.

    Raises `MoveRefused` where nobody accepted, `NotNow` where it is closed, `NotAllowed` for others than the lead's.
    """
    proposal = seen.proposal
    hold(session, proposal.lead)
    hold(session, proposal)
    if proposal.state == "proposed":
        wanted = NewChallenge(Pathway.SHOWCASE, proposal.title, _theme(proposal.needs))
        challenge = start(session, actor, proposal.lead, wanted)
        proposal.challenge_id = challenge.id
    fire(session, actor, proposal, "begin")
    for each in proposal.bodies:
        if each.accepts:
            bodies.add(session, actor, challenge, each.organisation, Part.JOINT)
            _tell(session, "joint.begun", each.organisation_id, proposal)
        elif each.accepts is None:
            _tell(session, "joint.begun_without", each.organisation_id, proposal)
    _divide(session, challenge, proposal.lots)
    return challenge


def withdraw(session: Session, actor: Actor, seen: Seen) -> None:
    """Take the proposal back; the bodies that were asked are told."""
    fire(session, actor, seen.proposal, "withdraw")
    for each in seen.proposal.bodies:
        _tell(session, "joint.withdrawn", each.organisation_id, seen.proposal)


def _divide(session: Session, challenge: Challenge, lots: Sequence[JointLot]) -> None:
    """The lots of the challenge's round; the one it began with becomes the first."""
    if not lots:
        return
    first = session.scalars(
        select(Lot).join(Round, Round.id == Lot.round_id).where(Round.challenge_id == challenge.id)
    ).one()
    first.title = lots[0].title
    session.add_all(Lot(round_id=first.round_id, number=each.number, title=each.title) for each in lots[1:])


def _theme(needs: Sequence[PlannedNeed]) -> str:
    """The theme most needs have, as challenges write it: in small letters."""
    counted = Counter(need.theme for need in needs if need.theme is not Theme.NONE)
    return counted.most_common(1)[0][0].title.lower() if counted else ""


def _tell(session: Session, kind: str, body: int, proposal: JointProposal, **more: Any) -> None:
    for officer in holders(session, Role.PROCUREMENT_OFFICER, Scope(ScopeKind.AUTHORITY, body)):
        outbox.queue(session, kind, officer, proposal=proposal.reference, body=body, **more)
