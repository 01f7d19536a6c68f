"""Writing a draft: start it, save its sections, attach files to it and take them out."""

from typing import Final, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge, Lot, Round
from portal.db import Conflict, clock, hold, share
from portal.files.arrived import Arrived
from portal.files.models import StoredFile
from portal.machine import NotAllowed, NotNow
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.models import MemberRole, Response, ResponseFile, ResponseMember, ResponseSection
from portal.responses.queries import files_of
from portal.responses.sections import LONGEST_TEXT, clean
from portal.responses.services.window import begin_edit, check_open

MOST_FILES: Final = 10
UNCHANGED: Final = object()


class Beside(TypedDict, total=False):
    """What is saved with a text where it is given: the price in pence (None: none named), and why marked passages are
    confidential. What is left out, `UNCHANGED` or a reason of None stays as it was.
    """

    price_pence: object
    confidential_reason: str | None


def start(session: Session, actor: Actor, challenge: Challenge, asked: Round, lot: Lot, firm: Organisation) -> Response:
    """Begin a firm's draft for one lot, or find the one it has.

    Raises `NotAllowed` where the person does not answer for the firm, `Closed` and `NotNow` as every edit.
    """
    share(session, challenge)
    hold(session, firm)
    session.refresh(asked)
    now = clock.now()
    if not firm.is_supplier or not actor.may(Permission.RESPONSE_WRITE, {Scope(ScopeKind.SUPPLIER, firm.id)}):
        raise NotAllowed("You can answer only for a firm you belong to.")
    begun = session.scalars(
        select(Response).where(Response.lot_id == lot.id, Response.organisation_id == firm.id)
    ).first()
    if begun is not None:
        return begun
    check_open(challenge, asked, now)
    response = Response(
        challenge_id=challenge.id,
        round_id=asked.id,
        lot_id=lot.id,
        organisation_id=firm.id,
        started_by_id=actor.person_id,
        started_at=now,
        brief_number=challenge.brief_number,
        state="draft",
        state_since=now,
    )
    session.add(response)
    session.flush()
    _lead(session, response, firm)
    journal.record(session, actor, "response.started", ("response", response.id))
    return response


def _lead(session: Session, response: Response, firm: Organisation) -> None:
    """Make the firm that starts the lead, with the whole share until partners join."""
    session.add(
        ResponseMember(
            response_id=response.id,
            organisation_id=firm.id,
            role=MemberRole.LEAD,
            share_percent=100,
            accepted_at=response.started_at,
        )
    )
    session.flush()


def save_section(
    session: Session,
    actor: Actor,
    response: Response,
    key: str,
    text: str,
    *,
    version: int | None,
    **beside: Unpack[Beside],
) -> int:
    """Save one section of the draft, with what stands beside its text, and answer its new version.

    Saving the same text again changes nothing and is never a conflict. Raises `Conflict` where somebody else changed
    this section since `version` (None: nothing was there).
    """
    now = begin_edit(session, actor, response)
    text = clean(text)[:LONGEST_TEXT]
    row = session.scalars(
        select(ResponseSection)
        .where(ResponseSection.response_id == response.id, ResponseSection.key == key)
        .execution_options(populate_existing=True)
    ).first()
    price_pence, confidential_reason = beside.get("price_pence", UNCHANGED), beside.get("confidential_reason")
    same_price = price_pence is UNCHANGED or price_pence == response.price_pence
    reason = clean(confidential_reason) if confidential_reason is not None else (row.confidential_reason if row else "")
    if row is not None and row.text == text and row.confidential_reason == reason and same_price:
        return row.version
    if (row.version if row else None) != version:
        raise Conflict("Somebody else of the firm changed this section.")
    if not same_price:
        response.price_pence = price_pence  # type: ignore[assignment]
    if row is None:
        row = ResponseSection(response_id=response.id, key=key)
        session.add(row)
    row.text, row.confidential_reason = text, reason
    row.saved_at, row.saved_by_id = now, actor.person_id
    session.flush()
    return row.version


def attach_file(session: Session, actor: Actor, response: Response, arrived: Arrived) -> StoredFile:
    """Attach content that the store keeps already. The same file under the same name is attached once.

    Raises `NotNow` with a sentence where the draft has as many files as it may have.
    """
    now = begin_edit(session, actor, response)
    attached = files_of(session, response)
    for each in attached:
        if (each.digest, each.name) == (arrived.digest, arrived.name):
            return each
    if len(attached) >= MOST_FILES:
        raise NotNow(f"A response can have {MOST_FILES} files. Take one out before you attach another.")
    stored = arrived.as_row(actor.person_id, now)
    session.add(stored)
    session.flush()
    session.add(ResponseFile(response_id=response.id, file_id=stored.id, attached_at=now))
    digest, size = arrived.digest, arrived.size
    journal.record(session, actor, "response.file_attached", ("response", response.id), digest=digest, size=size)
    session.flush()
    return stored


def remove_file(session: Session, actor: Actor, response: Response, reference: str) -> None:
    """Take a file out of the draft. What was submitted with it keeps it."""
    now = begin_edit(session, actor, response)
    row = session.scalars(
        select(ResponseFile)
        .join(StoredFile, StoredFile.id == ResponseFile.file_id)
        .where(
            ResponseFile.response_id == response.id,
            ResponseFile.removed_at.is_(None),
            StoredFile.reference == reference,
        )
    ).first()
    if row is not None:
        row.removed_at = now
        journal.record(session, actor, "response.file_removed", ("response", response.id), digest=row.file.digest)
