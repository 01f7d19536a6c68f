"""Answering together: the lead invites by e-mail, a partner accepts its share and its part, and may leave again.

Nobody ever has a share that it did not accept itself. A share that becomes free is nobody's until the lead takes it
over or invites somebody to it, and until then the draft cannot be submitted: docs/decisions/consortia.md says why.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.models import Person
from portal.accounts.queries import person_at, tidy
from portal.db import clock, hold, share
from portal.machine import NotAllowed, NotNow
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses import seal
from portal.responses.models import (
    Departure,
    MemberRole,
    PartnerInvitation,
    Response,
    ResponseMember,
    Snapshot,
)
from portal.responses.queries import free_share, invitations_of, lead_of, people_of, whole
from portal.responses.services.window import begin_edit, check_lead, check_open

MOST_WAITING = 10
_MAY_BE_LEFT = frozenset({"draft", "submitted", "withdrawn", "opened"})


class AlreadyInvited(NotNow):
    """The address has an invitation that waits for an answer."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invited person is told before their firm accepts, and the firms they may accept for."""

    key: str
    challenge_reference: str
    challenge_title: str
    lead: str
    share_percent: int
    part: str
    firms: tuple[tuple[str, str], ...]


def invite_partner(
    session: Session, actor: Actor, response: Response, email: str, *, share_percent: int, part: str
) -> str:
    """Invite whoever has this address to stand behind the response; answers the key of the invitation.

    The share comes out of what is free, then out of the lead's. Raises `AlreadyInvited`, or `NotNow` with a
    sentence where the share would leave the lead nothing.
    """
    now = begin_edit(session, actor, response)
    check_lead(actor, response)
    email, waiting, lead = tidy(email), invitations_of(session, response), lead_of(response)
    if any(each.email == email for each in waiting):
        raise AlreadyInvited("This address has been invited already.")
    if len(waiting) >= MOST_WAITING:
        raise NotNow(f"{MOST_WAITING} invitations wait for an answer. Take one back before you send another.")
    free = free_share(response, waiting)
    most = free + lead.share_percent - 1
    if not 1 <= share_percent <= most:
        raise NotNow(f"The share must be a whole number from 1 to {most}, so that the lead keeps some.")
    lead.share_percent -= max(0, share_percent - free)
    row = PartnerInvitation(
        response_id=response.id,
        key=secrets.token_urlsafe(32),
        email=email,
        share_percent=share_percent,
        part=part,
        invited_at=now,
        invited_by_id=actor.person_id,
    )
    session.add(row)
    journal.record(session, actor, "response.partner_invited", ("response", response.id), share=share_percent)
    _mail_invitation(session, response, row)
    session.flush()
    return row.key


def _mail_invitation(session: Session, response: Response, row: PartnerInvitation) -> None:
    known = person_at(session, row.email)
    outbox.queue(
        session,
        "responses.invited",
        row.email,
        challenge=response.challenge_id,
        key=row.key,
        lead=response.organisation_id,
        share=row.share_percent,
        known=known is not None and known.password_digest is not None,
    )


def take_back_invitation(session: Session, actor: Actor, response: Response, invitation_id: int) -> None:
    """Take an unanswered invitation back; its share returns to the lead."""
    begin_edit(session, actor, response)
    check_lead(actor, response)
    for each in invitations_of(session, response):
        if each.id == invitation_id:
            lead_of(response).share_percent += each.share_percent
            session.delete(each)
            journal.record(session, actor, "response.invitation_taken_back", ("response", response.id))
    session.flush()


def take_over_share(session: Session, actor: Actor, response: Response) -> None:
    """The lead takes what is free onto itself."""
    begin_edit(session, actor, response)
    check_lead(actor, response)
    free = free_share(response, invitations_of(session, response))
    if free:
        lead_of(response).share_percent += free
        journal.record(session, actor, "response.share_taken_over", ("response", response.id), share=free)
    session.flush()


def remove_partner(session: Session, actor: Actor, response: Response, reference: str) -> None:
    """The lead takes a partner out of the draft and takes over its share; what was submitted stands as it was.

    The partner's people are told, because the draft is out of their sight from now on.
    """
    begin_edit(session, actor, response)
    check_lead(actor, response)
    for member in list(response.members):
        if member.role is MemberRole.PARTNER and member.organisation.reference == reference:
            lead_of(response).share_percent += member.share_percent
            _tell(session, response, "responses.taken_out", member.organisation_id, lead=response.organisation_id)
            _take_out(session, actor, response, member, reason="")


def invitation(session: Session, actor: Actor, key: str) -> Invitation | None:
    """The invitation that waits at this person's own address; the response itself stays sealed to them."""
    with seal.lifted(session):
        found = _invited(session, actor, key)
        if found is None:
            return None
        response, row = found
        firms = session.execute(
            select(Organisation.reference, Organisation.name)
            .where(Organisation.id.in_(actor.ids(Permission.RESPONSE_WRITE)))
            .order_by(Organisation.name)
        )
        return Invitation(
            key=row.key,
            challenge_reference=response.challenge.reference,
            challenge_title=response.challenge.title,
            lead=response.organisation.name,
            share_percent=row.share_percent,
            part=row.part,
            firms=tuple((reference, name) for reference, name in firms),
        )


def accept_invitation(session: Session, actor: Actor, key: str, firm: str, *, part: str = "") -> str:
    """Stand behind the response from now on with a firm of one's own; answers the response's reference.

    `part` says in the partner's own words what it does; empty keeps the lead's. Raises `NotAllowed` where the
    invitation is gone or the firm is not theirs, `NotNow` where the firm is in already.
    """
    with seal.lifted(session):
        response, row = _hold_invited(session, actor, key)
        organisation = session.scalars(
            select(Organisation).where(
                Organisation.reference == firm, Organisation.id.in_(actor.ids(Permission.RESPONSE_WRITE))
            )
        ).first()
        if organisation is None:
            raise NotAllowed("You can accept only for a firm you belong to.")
        if any(member.organisation_id == organisation.id for member in response.members):
            raise NotNow(f"{organisation.name} stands behind this response already.")
        session.add(
            ResponseMember(
                response_id=response.id,
                organisation_id=organisation.id,
                role=MemberRole.PARTNER,
                share_percent=row.share_percent,
                part=part or row.part,
                accepted_at=clock.now(),
            )
        )
        session.delete(row)
        journal.record(
            session, actor, "response.partner_accepted", ("response", response.id), organisation=organisation.id
        )
        _tell(session, response, "responses.partner_joined", response.organisation_id, firm=organisation.id)
        session.flush()
        session.expire(response, ["members"])
        return response.reference


def decline_invitation(session: Session, actor: Actor, key: str) -> None:
    """Say no; the lead is told and shares out the work anew."""
    with seal.lifted(session):
        response, row = _hold_invited(session, actor, key)
        session.delete(row)
        journal.record(session, actor, "response.partner_declined", ("response", response.id))
        _tell(session, response, "responses.partner_declined", response.organisation_id, email=row.email)
        session.flush()


def leave(session: Session, actor: Actor, response: Response, *, reason: str = "") -> None:
    """A partner leaves: before submission, after it, and after the deadline too, because nobody can be held in.

    The share becomes free and the lead is told. What had been submitted is not touched: until the deadline the lead
    submits again, and after it the copy stands with the departure beside it, for those who open to weigh. Raises
    `NotNow` for the lead, which withdraws instead, and once the response is decided.
    """
    share(session, response.challenge)
    hold(session, response)
    firms = actor.ids(Permission.RESPONSE_WRITE)
    member = next(
        (each for each in response.members if each.organisation_id in firms and each.role is MemberRole.PARTNER), None
    )
    if member is None:
        raise NotNow("Only a partner can leave. The firm that leads withdraws the response instead.")
    if response.state not in _MAY_BE_LEFT:
        raise NotNow("This response has been decided. Talk to the firm that leads and to the council.")
    _tell(session, response, "responses.partner_left", response.organisation_id, firm=member.organisation_id)
    _take_out(session, actor, response, member, reason=reason)


def _invited(session: Session, actor: Actor, key: str) -> tuple[Response, PartnerInvitation] | None:
    person = session.get(Person, actor.person_id) if actor.person_id is not None else None
    if person is None:
        return None
    row = session.scalars(
        select(PartnerInvitation).where(PartnerInvitation.key == key, PartnerInvitation.email == tidy(person.email))
    ).first()
    if row is None:
        return None
    return session.scalars(whole(select(Response)).where(Response.id == row.response_id)).one(), row


def _hold_invited(session: Session, actor: Actor, key: str) -> tuple[Response, PartnerInvitation]:
    gone = NotAllowed("There is no invitation for you here any more.")
    found = _invited(session, actor, key)
    if found is None:
        raise gone
    response = found[0]
    share(session, response.challenge)
    hold(session, response)
    session.refresh(response.round)
    check_open(response.challenge, response.round, clock.now())
    again = session.scalars(
        select(PartnerInvitation).where(PartnerInvitation.key == key).execution_options(populate_existing=True)
    ).first()
    if again is None:
        raise gone
    return response, again


def _take_out(session: Session, actor: Actor, response: Response, member: ResponseMember, *, reason: str) -> None:
    """End a membership and keep that there was one, with the last copy that names it."""
    name = session.scalar(select(Organisation.name).where(Organisation.id == member.organisation_id)) or ""
    session.add(
        Departure(
            response_id=response.id,
            organisation_id=member.organisation_id,
            name=name,
            share_percent=member.share_percent,
            reason=reason,
            left_at=clock.now(),
            copy_number=session.scalar(select(func.max(Snapshot.number)).where(Snapshot.response_id == response.id)),
        )
    )
    journal.record(
        session, actor, "response.partner_left", ("response", response.id), organisation=member.organisation_id
    )
    session.delete(member)
    session.flush()
    session.expire(response, ["members"])


def _tell(session: Session, response: Response, kind: str, firm_told: int, **identifiers: Any) -> None:
    """Tell everybody who answers for a firm, by identifiers alone."""
    for person in session.scalars(people_of([firm_told])):
        outbox.queue(session, kind, person, challenge=response.challenge_id, response=response.reference, **identifiers)
