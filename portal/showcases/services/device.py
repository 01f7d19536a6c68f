"""Scores that a panel member's device kept and sends: each change once, the newest counts, none for a locked sheet."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import clock
from portal.machine import NotNow
from portal.policy import Actor
from portal.showcases import queries
from portal.showcases.given import Change, Mark, Receipt
from portal.showcases.models import Appearance, PanelChange, PanelSeat
from portal.showcases.services.event import record
from portal.showcases.services.panel import begin_scoring, keep_mark

_OLDER = "Something newer was saved from another device or page."
_UNKNOWN = "This score is not asked for here."


def take_changes(session: Session, actor: Actor, seat: PanelSeat, changes: Sequence[Change]) -> list[Receipt]:
    """Keep what a device sends, and answer for each change what became of it.

    Asked again under the same key, the answer is the same and nothing is kept twice, even where the sheet was locked
    in between. What a locked sheet's owner scored late is refused in words and leaves no trace.
    """
    closed = _why_closed(session, seat)
    received = _received(session, seat, changes)
    shown = {each.id: each for each in queries.appearances_of(session, seat.event)}
    highest = {each.id: each.max_score for each in queries.criteria_of(session, seat.event.challenge)}
    receipts, touched = [], set()
    for change in sorted(changes, key=lambda each: each.sequence):
        fits = change.appearance_id in shown and 0 <= change.score <= highest.get(change.criterion_id, -1)
        if change.key in received:
            taken = received[change.key]
        elif closed or not fits:
            receipts.append(Receipt(change.key, "refused", closed or _UNKNOWN))
            continue
        else:
            taken = received[change.key] = _take(session, seat, shown, change)
            touched.add(change.appearance_id)
        receipts.append(Receipt(change.key, "taken") if taken else Receipt(change.key, "older", _OLDER))
    for appearance_id in sorted(touched):
        seat.scored_at = clock.now()
        record(session, actor, "panel_scored", seat.event, seat_id=seat.id, appearance_id=appearance_id)
    session.flush()
    return receipts


def _why_closed(session: Session, seat: PanelSeat) -> str:
    try:
        begin_scoring(session, seat)
    except NotNow as closed:
        return str(closed)
    return ""


def _received(session: Session, seat: PanelSeat, changes: Sequence[Change]) -> dict[str, bool]:
    """Which of these came before, and whether they were taken then; read after the lock."""
    rows = session.execute(
        select(PanelChange.key, PanelChange.taken).where(
            PanelChange.seat_id == seat.id, PanelChange.key.in_([change.key for change in changes])
        )
    )
    return {row.key: row.taken for row in rows}


def _take(session: Session, seat: PanelSeat, shown: Mapping[int, Appearance], change: Change) -> bool:
    newest = queries.newest_changes(session, seat).get((change.appearance_id, change.criterion_id), 0)
    taken = change.sequence > newest
    if taken:
        kept = queries.own_scores(session, seat).get(change.appearance_id, {}).get(change.criterion_id)
        mark = Mark(change.criterion_id, change.score, change.comment)
        keep_mark(session, seat, shown[change.appearance_id], kept, mark)
    session.add(
        PanelChange(
            seat_id=seat.id,
            appearance_id=change.appearance_id,
            criterion_id=change.criterion_id,
            key=change.key,
            sequence=change.sequence,
            taken=taken,
            received_at=clock.now(),
        )
    )
    session.flush()
    return taken
