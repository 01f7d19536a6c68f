"""Saying yes to help, recording what an adviser does, and keeping the directory of what is on offer."""

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, expect_version, hold
from portal.machine import NotNow
from portal.network.hands_on.models import HelpGiven, IdlePrompt, SupportOffer
from portal.organisations.models import Organisation
from portal.policy import Actor
from portal.responses.models import HelpOrigin, HelpRequest, WithdrawalReason
from portal.responses.services import ask_adviser


def agree(session: Session, actor: Actor, prompt: IdlePrompt, *, reason: WithdrawalReason | None) -> None:
    """A firm agrees that an adviser gets in touch about its draft; no buyer is told."""
    hold(session, prompt.challenge)
    ask_adviser(session, actor, prompt.challenge, prompt.organisation_id, HelpOrigin.IDLE, reason)


def record_contact(session: Session, actor: Actor, case: HelpRequest) -> None:
    """The adviser has spoken with the firm. Raises `NotNow` where that was recorded before."""
    hold(session, case)
    if case.contacted_at is not None:
        raise NotNow("It is recorded already that you were in touch.")
    case.contacted_at = clock.now()
    session.flush()
    journal.record(session, actor, "help.contacted", ("organisation", case.organisation_id))


def record_offer(session: Session, actor: Actor, case: HelpRequest, offer: SupportOffer | None, words: str) -> None:
    """Log something that was offered to the firm: of the directory, in the adviser's words, or both."""
    hold(session, case)
    if case.contacted_at is None:
        raise NotNow("Record first that you were in touch.")
    given = HelpGiven(
        request_id=case.id,
        offer_id=offer.id if offer else None,
        words=words,
        offered_at=clock.now(),
        offered_by_id=actor.person_id,
    )
    session.add(given)
    session.flush()
    journal.record(session, actor, "help.offered", ("organisation", case.organisation_id))


def put_on_offer(session: Session, actor: Actor, body: Organisation, **said: str) -> SupportOffer:
    """A body adds something to the directory: `name`, `what`, `who_for`, `cost`, `contact`."""
    hold(session, body)
    offer = SupportOffer(organisation_id=body.id, written_at=clock.now(), **said)
    session.add(offer)
    session.flush()
    journal.record(session, actor, "support_offer.added", ("support_offer", offer.id))
    return offer


def take_off(session: Session, actor: Actor, offer: SupportOffer, version: int | None) -> None:
    """Take something out of the directory; logs that name it go on naming it."""
    hold(session, offer)
    expect_version(offer, version)
    offer.removed_at = clock.now()
    session.flush()
    journal.record(session, actor, "support_offer.removed", ("support_offer", offer.id))
