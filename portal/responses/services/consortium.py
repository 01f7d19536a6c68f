"""Answering together: the lead invites, a partner accepts its share."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import clock, hold, share
from portal.machine import NotAllowed, NotNow
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses import seal
from portal.responses.models import MemberRole, Response, ResponseMember
from portal.responses.queries import people_of, whole
from portal.responses.services.window import begin_edit, check_lead, check_open


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invited firm is told before it accepts: who leads, on which challenge, for which share."""

    reference: str
    challenge_reference: str
    challenge_title: str
    lead: str
    firm: str
    share_percent: int


def invite_partner(session: Session, actor: Actor, response: Response, reference: str, share_percent: int) -> None:
    """Invite a firm, by its reference, to stand behind the response with a share in whole per cent.

    Raises `NotNow` with a sentence where there is no such firm, it is in already, or the shares do not leave the lead
    anything.
    """
    begin_edit(session, actor, response)
    check_lead(actor, response)
    firm = session.scalars(
        select(Organisation).where(Organisation.reference == reference.strip().upper(), Organisation.is_supplier)
    ).first()
    if firm is None:
        raise NotNow("There is no supplier with this reference. The firm finds it on its own organisation page.")
    if any(member.organisation_id == firm.id for member in response.members):
        raise NotNow(f"{firm.name} is in this response already, or has been invited.")
    taken = sum(member.share_percent for member in response.members if member.role is MemberRole.PARTNER)
    if not 1 <= share_percent <= 99 - taken:
        raise NotNow(f"The share must be a whole number from 1 to {99 - taken}, so that the lead keeps some.")
    session.add(
        ResponseMember(
            response_id=response.id, organisation_id=firm.id, role=MemberRole.PARTNER, share_percent=share_percent
        )
    )
    _give_the_rest_to_the_lead(response, taken + share_percent)
    journal.record(
        session, actor, "response.partner_invited", ("response", response.id), organisation=firm.id, share=share_percent
    )
    for person in session.scalars(people_of([firm.id])):
        outbox.queue(
            session,
            "responses.invited",
            person,
            challenge=response.challenge_id,
            response=response.reference,
            lead=response.organisation_id,
            share=share_percent,
        )
    session.flush()
    session.expire(response, ["members"])


def remove_partner(session: Session, actor: Actor, response: Response, reference: str) -> None:
    """Take a partner, or an invitation, out of the draft; what was submitted before stands as it was."""
    begin_edit(session, actor, response)
    check_lead(actor, response)
    for member in response.members:
        if member.role is MemberRole.PARTNER and member.organisation.reference == reference:
            _take_out(session, actor, response, member)


def invitation(session: Session, actor: Actor, reference: str) -> Invitation | None:
    """The invitation that waits for a firm this person answers for; the response itself stays sealed to them."""
    with seal.lifted(session):
        found = _invited(session, actor, reference)
        if found is None:
            return None
        response, member = found
        return Invitation(
            reference=response.reference,
            challenge_reference=response.challenge.reference,
            challenge_title=response.challenge.title,
            lead=response.organisation.name,
            firm=member.organisation.name,
            share_percent=member.share_percent,
        )


def accept_invitation(session: Session, actor: Actor, reference: str) -> None:
    """Stand behind the response from now on; the firm's people can read and write it."""
    with seal.lifted(session):
        response, member = _hold_invited(session, actor, reference)
        member.accepted_at = clock.now()
        journal.record(
            session, actor, "response.partner_accepted", ("response", response.id), organisation=member.organisation_id
        )
        session.flush()


def decline_invitation(session: Session, actor: Actor, reference: str) -> None:
    """Say no; the lead can invite somebody else."""
    with seal.lifted(session):
        response, member = _hold_invited(session, actor, reference)
        _take_out(session, actor, response, member)


def _invited(session: Session, actor: Actor, reference: str) -> tuple[Response, ResponseMember] | None:
    response = session.scalars(whole(select(Response)).where(Response.reference == reference)).first()
    firms = actor.ids(Permission.RESPONSE_WRITE)
    for member in response.members if response else ():
        if response and member.accepted_at is None and member.organisation_id in firms:
            return response, member
    return None


def _hold_invited(session: Session, actor: Actor, reference: str) -> tuple[Response, ResponseMember]:
    found = _invited(session, actor, reference)
    if found is None:
        raise NotAllowed("There is no invitation for your firm here any more.")
    share(session, found[0].challenge)
    hold(session, found[0])
    session.refresh(found[0].round)
    check_open(found[0].challenge, found[0].round, clock.now())
    again = _invited(session, actor, reference)
    if again is None:
        raise NotAllowed("There is no invitation for your firm here any more.")
    return again


def _take_out(session: Session, actor: Actor, response: Response, member: ResponseMember) -> None:
    journal.record(
        session, actor, "response.partner_left", ("response", response.id), organisation=member.organisation_id
    )
    others = sum(
        each.share_percent for each in response.members if each.role is MemberRole.PARTNER and each.id != member.id
    )
    _give_the_rest_to_the_lead(response, others)
    session.delete(member)
    session.flush()
    session.expire(response, ["members"])


def _give_the_rest_to_the_lead(response: Response, partners: int) -> None:
    for member in response.members:
        if member.role is MemberRole.LEAD:
            member.share_percent = 100 - partners
