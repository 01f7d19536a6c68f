"""What people of an authority do with its payments files."""

import json
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge
from portal.challenges.pathway import Pathway
from portal.challenges.services.starting import NewChallenge, start
from portal.db import clock, expect_version, hold
from portal.law.money import Vat
from portal.machine import NotNow
from portal.network.spend import matching
from portal.network.spend.columns import Role
from portal.network.spend.models import (
    LeftOutRow,
    Match,
    Payee,
    Payment,
    SpendColumns,
    SpendFile,
    SpendSum,
    Standing,
)
from portal.network.spend.table import Look
from portal.organisations.models import Organisation
from portal.policy import Actor


def receive(
    session: Session, actor: Actor, authority: Organisation, *, name: str, digest: str, size: int, look: Look
) -> SpendFile:
    """Keep a file that was sent, until somebody says which column is which.

    Raises `NotNow` where the same file was sent before; one that could not be read may come again.
    """
    known = session.scalars(
        select(SpendFile).where(SpendFile.organisation_id == authority.id, SpendFile.digest == digest)
    ).first()
    if known is not None and known.standing is not Standing.FAILED:
        raise NotNow(f"This very file was sent before, as {known.name}. Nothing is counted twice.")
    if known is not None:
        _delete(session, known)
    sent = SpendFile(
        organisation_id=authority.id,
        name=name,
        digest=digest,
        size=size,
        encoding=look.format.encoding,
        separator=look.format.separator,
        above=look.format.above,
        headings=json.dumps(look.headings, ensure_ascii=False),
        sent_at=clock.now(),
        sent_by_id=actor.person_id,
    )
    session.add(sent)
    session.flush()
    journal.record(session, actor, "spend.sent", ("spend_file", sent.id), organisation=authority.id, digest=digest)
    return sent


def say_columns(
    session: Session, actor: Actor, file: SpendFile, columns: Mapping[Role, int], vat: Vat, *, version: int | None
) -> None:
    """Say which column is which, and let the worker read the file; remembered for the authority's next one.

    Raises `Conflict` for a stale form, `NotNow` once it is being read.
    """
    hold(session, file)
    expect_version(file, version)
    if file.standing is not Standing.UNMAPPED:
        raise NotNow("This file is being read, or has been.")
    file.columns = json.dumps({role.value: at for role, at in columns.items()})
    file.vat, file.mapped_at = vat, clock.now()
    headings = file.heading_list
    by_heading = json.dumps({role.value: headings[at] for role, at in columns.items()}, ensure_ascii=False)
    session.merge(SpendColumns(organisation_id=file.organisation_id, by_heading=by_heading, vat=vat))
    journal.record(session, actor, "spend.mapped", ("spend_file", file.id), organisation=file.organisation_id)


def remove(session: Session, actor: Actor, file: SpendFile) -> None:
    """Take a file out with everything that was read from it; who was paid stays, with what was said of it.

    Raises `NotNow` while the worker reads it.
    """
    hold(session, file)
    if file.standing in {Standing.WAITING, Standing.READING}:
        raise NotNow("This file is being read. Take it out when that is done.")
    journal.record(session, actor, "spend.removed", ("spend_file", file.id), organisation=file.organisation_id)
    _delete(session, file)


def _delete(session: Session, file: SpendFile) -> None:
    for table in (SpendSum, Payment, LeftOutRow):
        session.execute(delete(table).where(table.file_id == file.id))
    session.delete(file)
    session.flush()


def decide_match(session: Session, actor: Actor, payee: Payee, *, is_firm: bool) -> None:
    """Say whether somebody who was paid is the registered firm they may be.

    Raises `NotNow` where nobody is proposed any more.
    """
    hold(session, payee)
    if payee.firm_id is None:
        raise NotNow("No firm is proposed for this name any more.")
    payee.matched = Match.CONFIRMED if is_firm else Match.REFUSED
    payee.firm_id = payee.firm_id if is_firm else None
    payee.decided_by_id, payee.decided_at = actor.person_id, clock.now()
    journal.record(session, actor, "spend.matched", ("spend_payee", payee.id), match=payee.matched.value)


def match_again(session: Session, actor: Actor, authority: Organisation) -> int:
    """Compare every name that is no firm's yet with the firms registered by now; answers how many were found."""
    found = matching.match_payees(session, authority.id)
    journal.record(session, actor, "spend.compared", ("organisation", authority.id), found=found)
    return found


def begin_challenge(session: Session, actor: Actor, authority: Organisation, *, title: str, summary: str) -> Challenge:
    """Begin a challenge from a category of spend, with its figures as the summary to begin from."""
    wanted = NewChallenge(Pathway.SHOWCASE, title[:160], "", owner_id=actor.person_id)
    challenge = start(session, actor, authority, wanted)
    challenge.summary = summary[:400]
    return challenge
