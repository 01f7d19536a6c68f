"""Finding clarifications: what was asked of whom, what they said, and until when they could."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from portal.challenges.models import Challenge, Round
from portal.db import clock
from portal.law.calendar import london_date, working_days_after
from portal.machine import State
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses.models import Clarification, Response, ResponseMember
from portal.responses.pathway import CLARIFICATION
from portal.responses.queries import is_conflicted
from portal.web.paging import Page, page_of


class Explained(NamedTuple):
    """A clarification as a reader of the response sees it beside what was submitted."""

    reference: str
    hearing: bool
    asked: str
    asked_at: datetime
    due_at: datetime
    state: State
    answer: str
    answered_at: datetime | None
    verdict: str

    @property
    def counts(self) -> bool:
        """Whether assessors take it into account."""
        return self.state.name == "accepted"


def stands_at(row: Clarification) -> State:
    """Where it effectively stands: its time may be over although nobody has looked since."""
    if row.state == "asked" and row.due_at <= clock.now():
        return CLARIFICATION["answered" if row.answer else "unanswered"]
    return CLARIFICATION[row.state]


def explained(row: Clarification) -> Explained:
    """One clarification, stripped to what its readers need; an answer that may still change is not shown."""
    state = stands_at(row)
    shown = row.answer if state.name != "asked" else ""
    return Explained(
        row.reference, row.hearing, row.asked, row.asked_at, row.due_at, state, shown, row.answered_at, row.verdict
    )


def clarifications_of(session: Session, response: Response) -> list[Explained]:
    """What the firm was asked about its offer and said, in the order of asking, for whoever may read the response.

    Assessors take only those into account whose `counts` is true. Hearings on eligibility are not among them.
    """
    return [explained(row) for row in _rows(session, response, hearing=False)]


def taken_into_account(session: Session, response: Response) -> list[Explained]:
    """The clarifications that an assessor may score by, beside the response."""
    return [each for each in clarifications_of(session, response) if each.counts]


def hearings_of(session: Session, response: Response) -> list[Explained]:
    """What the firm was asked about its eligibility and said, in the order of asking."""
    return [explained(row) for row in _rows(session, response, hearing=True)]


def last_hearing(session: Session, response: Response) -> Clarification | None:
    """The hearing an exclusion would rest on."""
    rows = _rows(session, response, hearing=True)
    return rows[-1] if rows else None


def _rows(session: Session, response: Response, *, hearing: bool) -> Sequence[Clarification]:
    return session.scalars(
        select(Clarification)
        .where(Clarification.response_id == response.id, Clarification.hearing == hearing)
        .order_by(Clarification.asked_at, Clarification.id)
    ).all()


def _whole() -> Select[Clarification]:
    response = joinedload(Clarification.response, innerjoin=True)
    return select(Clarification).options(
        response.joinedload(Response.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        response.joinedload(Response.round, innerjoin=True),
        response.joinedload(Response.organisation, innerjoin=True),
        response.selectinload(Response.members).joinedload(ResponseMember.organisation, innerjoin=True),
    )


def own_clarification(session: Session, actor: Actor, reference: str) -> Clarification | None:
    """A clarification for the people of the firms behind the response."""
    members = select(ResponseMember.response_id).where(
        ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        ResponseMember.accepted_at.is_not(None),
    )
    return session.scalars(
        _whole().where(Clarification.reference == reference, Clarification.response_id.in_(members))
    ).first()


def inside_clarification(session: Session, actor: Actor, reference: str) -> Clarification | None:
    """A clarification for the people inside the challenge who may read the response and declared no conflict."""
    found = session.scalars(_whole().where(Clarification.reference == reference)).first()
    if found is None or not actor.may(Permission.RESPONSES_READ, found.scopes()):
        return None
    return None if is_conflicted(session, found.response.challenge, actor.person_id) else found


def of_round(session: Session, asked: Round, *, number: int, size: int) -> Page[Clarification]:
    """Every clarification of a round with its firm: what waits first, the soonest due, then the rest."""
    return page_of(
        session,
        select(Clarification)
        .join(Response, Response.id == Clarification.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .options(contains_eager(Clarification.response).contains_eager(Response.organisation))
        .options(contains_eager(Clarification.response).selectinload(Response.members))
        .where(Response.round_id == asked.id)
        .order_by(Clarification.state.not_in(("asked", "answered")), Clarification.due_at, Clarification.id),
        number=number,
        size=size,
    )


def days_given(session: Session, asked: Round) -> int | None:
    """The most working days that firms of a round were given to explain, with any more time; None before the first.

    Whoever is asked later gets the same (equal treatment, Procurement Act 2023 s.12(2)).
    """
    rows = session.execute(
        select(Clarification.asked_at, Clarification.due_at)
        .join(Response, Response.id == Clarification.response_id)
        .where(Response.round_id == asked.id, Clarification.hearing.is_(False))
        .limit(500)
    )
    return max((working_days_after(london_date(at), london_date(due)) for at, due in rows), default=None)


def batch_of(session: Session, row: Clarification) -> Sequence[Clarification]:
    """Everybody who was asked with it and has the same time, itself included, by id."""
    return session.scalars(_whole().where(Clarification.batch == row.batch).order_by(Clarification.id)).all()


def of_firm(session: Session, response: Response) -> list[Explained]:
    """Everything a firm was asked about its response, the soonest due first."""
    rows = session.scalars(
        select(Clarification)
        .where(Clarification.response_id == response.id)
        .order_by(Clarification.due_at, Clarification.id)
    )
    return [explained(row) for row in rows]


def askable(session: Session, asked: Round) -> Sequence[Response]:
    """The opened responses that can be asked about, in the order they were received."""
    return session.scalars(
        select(Response)
        .where(Response.round_id == asked.id, Response.state == "opened")
        .options(joinedload(Response.organisation), selectinload(Response.members))
        .order_by(Response.submitted_at, Response.id)
    ).all()
