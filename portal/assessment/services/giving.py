"""Which responses each member of the panel reads, and who takes over what somebody may not or cannot read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.queries import holders
from portal.assessment.allocation import least_laden, spread
from portal.assessment.models import Assignment, PanelMember, SheetCriterion
from portal.assessment.queries import (
    Inside,
    answers_for_a_firm_that_responded,
    conflicted,
    found_eligible,
    panel,
    prices_opened,
    scores_opened,
    submission,
)
from portal.assessment.requirements import panel_is_settled, still_read
from portal.assessment.services.skills import asked_of, covers, seats_on
from portal.challenges.models import Round
from portal.db import clock, hold, random_reference
from portal.machine import NotNow
from portal.policy import Actor, Role, Scope, ScopeKind
from portal.responses.models import Response
from portal.text import words
from portal.workflow import fire

SETTLED = (
    "The scores are open, and every response has its quorum: nobody else can join the panel or be given a response."
)


def allocate(session: Session, actor: Actor, inside: Inside, each: int | None) -> int:
    """Give every eligible response to the whole panel (None), or to `each` members for every criterion.

    Everybody gets only what they can judge, and all have about as much to do; once the price's envelope is open, those
    who judge it get what they lack. Answers how many sheets were given; what was given before stays. Raises `NotNow`
    outside the assessment, and once the scores are open and every response has its quorum.
    """
    _hold_while_assessed(session, inside)
    responses = {row.id: row for row in still_read(session, inside)}
    given: Sequence[Assignment] = session.scalars(
        select(Assignment).where(Assignment.round_id == inside.round.id)
    ).all()
    added = spread(
        list(responses),
        _able(session, inside, price=False),
        each=each,
        taken=[(sheet.response_id, sheet.person_id) for sheet in given if sheet.state != "recused" and not sheet.price],
        barred=[(sheet.response_id, sheet.person_id) for sheet in given if sheet.state == "recused" or sheet.price],
        covers=covers(session, inside, responses.values()),
    )
    give_sheets(session, actor, inside, ((responses[response], person) for response, person in added))
    prices = give_prices(session, actor, inside) if prices_opened(session, inside.round) else []
    return len(added) + len(prices)


def give_prices(session: Session, actor: Actor, inside: Inside) -> list[Assignment]:
    """Give the price's envelope of every eligible response to everybody who judges prices and has not had it."""
    had = {
        (response, person)
        for response, person in session.execute(
            select(Assignment.response_id, Assignment.person_id).where(Assignment.round_id == inside.round.id)
        )
    }
    judges = _able(session, inside, price=True)
    wanted = [(row, who) for row in still_read(session, inside) for who in judges if (row.id, who) not in had]
    return give_sheets(session, actor, inside, wanted)


def assign(session: Session, actor: Actor, inside: Inside, response: Response, member: PanelMember) -> None:
    """Give one response to one member of the panel. Raises `NotNow` where they have had it or may not."""
    _hold_while_assessed(session, inside)
    if response not in found_eligible(session, inside.round):
        raise NotNow("Decide first whether this response is eligible.")
    if response not in still_read(session, inside):
        raise NotNow("The scores are open and this response has its quorum, so nobody else can be given it.")
    if _out(member) or (why := why_not(session, inside, member.person_id)):
        raise NotNow(f"This person cannot assess here: {why if not _out(member) else 'they stood down'}.")
    if member.judges_price and prices_opened(session, inside.round) is None:
        raise NotNow("This person judges prices, and they are still closed.")
    if not member.skill.of(asked_of(session, inside, price=member.judges_price), response.lot_id):
        raise NotNow("This person can judge nothing in this response, as their skills are written down.")
    had = select(Assignment.id).where(Assignment.response_id == response.id, Assignment.person_id == member.person_id)
    if session.scalars(had).first() is not None:
        raise NotNow("This assessor has had this response already.")
    give_sheets(session, actor, inside, [(response, member.person_id)])


def take_off(session: Session, actor: Actor, sheet: Assignment, reason: str) -> None:
    """Take one response from one assessor, whose sheet is not locked."""
    fire(session, actor, sheet, "stand_down", reason=reason)


def give_sheets(
    session: Session,
    actor: Actor,
    inside: Inside,
    pairs: Iterable[tuple[Response, int]],
    *,
    by_the_portal: bool = False,
    tell: bool = True,
) -> list[Assignment]:
    """Make a sheet for each response and person, asking what that person can judge, and tell each person once."""
    pairs = list(pairs)
    now, long, given = clock.now(), dict[int, int](), list[Assignment]()
    codes, seats = _codes(session, inside.round), seats_on(session, inside.round)
    for response, person_id in pairs:
        price = person_id in seats and seats[person_id].judges_price
        if response.id not in long:
            long[response.id] = sum(words(text) for text in submission(session, response).sections.values())
        given.append(
            Assignment(
                challenge_id=inside.challenge.id,
                round_id=inside.round.id,
                response_id=response.id,
                person_id=person_id,
                code=codes.setdefault(response.id, random_reference(4)),
                price=price,
                state="assigned",
                state_since=now,
                assigned_at=now,
                assigned_by_id=None if by_the_portal else actor.person_id,
                words=0 if price else long[response.id],
            )
        )
    session.add_all(given)
    session.flush()
    _ask(session, inside, given, seats, {response.id: response.lot_id for response, _ in pairs})
    told = sorted({sheet.person_id for sheet in given}) if tell else []
    for person_id in told:
        outbox.queue(session, "assessment.assigned", person_id, challenge=inside.challenge.reference)
    if told:
        _note(session, actor, inside, "assessment.allocated", people=told)
    return given


def _ask(
    session: Session,
    inside: Inside,
    given: Iterable[Assignment],
    seats: Mapping[int, PanelMember],
    lots: Mapping[int, int],
) -> None:
    """Write down which criteria each new sheet asks for: what its assessor can judge."""
    asked = {price: asked_of(session, inside, price=price) for price in {sheet.price for sheet in given}}
    for sheet in given:
        seat, criteria = seats.get(sheet.person_id), asked[sheet.price]
        kept = seat.skill.of(criteria, lots[sheet.response_id]) if seat else criteria
        session.add_all(SheetCriterion(assignment_id=sheet.id, criterion_id=key) for key in sorted(kept))
    session.flush()


def _codes(session: Session, asked: Round) -> dict[int, str]:
    """The codes under which responses of a round are read already, by response."""
    rows = session.execute(select(Assignment.response_id, Assignment.code).where(Assignment.round_id == asked.id))
    return {response: code for response, code in rows if code}


def hand_on(session: Session, actor: Actor, left: Assignment) -> Assignment | None:
    """Give the response of a sheet that just ended to the least laden member of the panel who may read it.

    Where nobody is left and the response falls short of the quorum, the lead authority's officers are written to
    (None). Once the scores are open, a new sheet would close them again, so it is made only where the quorum needs it.
    """
    inside = Inside(left.challenge, left.round)
    response = session.get_one(Response, left.response_id)
    asked = frozenset(
        session.scalars(select(SheetCriterion.criterion_id).where(SheetCriterion.assignment_id == left.id))
    )
    short = _short_of_quorum(session, inside, left, asked)
    if scores_opened(session, inside.round) is not None and not short:
        return None
    chosen = least_laden(_loads(session, inside, response, left, short or asked))
    if chosen is not None:
        return give_sheets(session, actor, inside, [(response, chosen)], by_the_portal=True)[0]
    if short:
        for officer in holders(session, Role.PROCUREMENT_OFFICER, Scope(ScopeKind.AUTHORITY, inside.challenge.lead_id)):
            outbox.queue(session, "assessment.short", officer, challenge=inside.challenge.reference)
        _note(session, actor, inside, "assessment.quorum_short", response_id=left.response_id)
    return None


def _short_of_quorum(session: Session, inside: Inside, left: Assignment, asked: frozenset[int]) -> frozenset[int]:
    """Which of the criteria that a sheet asked, now that it ended, have fewer sheets on the response than needed."""
    counts: Any = session.execute(
        select(SheetCriterion.criterion_id, func.count(Assignment.id))
        .join(Assignment, Assignment.id == SheetCriterion.assignment_id)
        .where(Assignment.response_id == left.response_id, Assignment.state != "recused")
        .group_by(SheetCriterion.criterion_id)
    )
    standing: dict[int, int] = dict(counts.all())
    least = 1 if left.price else inside.round.quorum
    return frozenset(key for key in asked if standing.get(key, 0) < least)


def why_not(session: Session, inside: Inside, person_id: int) -> str:
    """Why somebody cannot assess in a round, or nothing."""
    if answers_for_a_firm_that_responded(session, inside.round, {person_id}):
        return "they answer for a firm that responded"
    if conflicted(session, inside.challenge.id, {person_id}):
        return "they declared a conflict of interest"
    return ""


def _loads(
    session: Session, inside: Inside, response: Response, left: Assignment, wanted: frozenset[int]
) -> dict[int, int]:
    """The sheets that each member still has to finish, of those who can judge some of what is `wanted` of it."""
    had = set(session.scalars(select(Assignment.person_id).where(Assignment.response_id == response.id)))
    return {
        row.member.person_id: row.given - row.locked
        for row in panel(session, inside.round)
        if not _out(row.member)
        and not row.barred
        and row.member.judges_price is left.price
        and row.member.person_id not in had
        and row.member.skill.of(wanted, response.lot_id)
    }


def _able(session: Session, inside: Inside, *, price: bool) -> list[int]:
    """Those on the panel whom nothing keeps from assessing, either of the price or of all the rest."""
    return [
        row.member.person_id
        for row in panel(session, inside.round)
        if not _out(row.member) and not row.barred and row.member.judges_price is price
    ]


def _hold_while_assessed(session: Session, inside: Inside) -> None:
    hold(session, inside.challenge)
    if not inside.being_assessed:
        raise NotNow("Responses can be given to assessors only while they are being assessed.")
    if panel_is_settled(session, inside):
        raise NotNow(SETTLED)


def _out(member: PanelMember) -> bool:
    return member.stood_down_at is not None


def _note(session: Session, actor: Actor, inside: Inside, event: str, **identifiers: Any) -> None:
    journal.record(session, actor, event, ("round", inside.round.id), challenge_id=inside.challenge.id, **identifiers)
