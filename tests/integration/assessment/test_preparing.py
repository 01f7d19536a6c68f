"""Before the first response: the briefing, the promise and a practice score; and who takes over from whom."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.assessment import services
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.queries import seat_of
from portal.db import Database
from portal.journal.models import JournalEntry
from portal.machine import MoveRefused, NotNow
from portal.outbox import OutboxMessage
from tests.support.assessed import Scene, scene
from tests.support.page import Page
from tests.support.people import signed_in


def test_no_response_opens_before_the_promise_and_the_practice(database: Database) -> None:
    made = scene(database)
    made.seat(prepared=False)
    with database.writing() as session:
        inside = made.inside(session)
        lesson = services.Lesson("Read well.", inside.round.criteria[0].id, "We will try.", 1, "It says nothing.")
        services.write_practice(session, made.actor(session, made.officer), inside, lesson, version=None)
    with database.writing() as session:
        actor, sheet = made.actor(session, made.assessors[0]), made.sheet(session, 0, 0)
        with pytest.raises(MoveRefused) as refused:
            services.declare(session, actor, sheet)
        assert refused.value.refusal.missing[0].details == ("Promise confidentiality.", "Score the practice answer.")
        seat = seat_of(session, sheet.round, actor.person_id)
        assert seat is not None
        with pytest.raises(NotNow, match="practice"):
            services.prepare(session, actor, seat)
        services.prepare(session, actor, seat, services.Tried(4, "Fine."))
        services.declare(session, actor, sheet)
        with pytest.raises(NotNow, match="everybody on a panel prepares with the same"):
            officer = made.actor(session, made.officer)
            services.write_practice(session, officer, made.inside(session), services.Lesson("Other"), version=1)


def test_an_assessor_prepares_on_a_page_and_sees_the_model_answer_after(app: Flask, database: Database) -> None:
    made = scene(database)
    made.seat(prepared=False)
    officer, assessor = signed_in(app, made.officer), signed_in(app, made.assessors[0])
    page = f"/challenges/{made.reference}/assessment/briefing"
    with database.reading() as session:
        criterion = made.inside(session).round.criteria[0].id
        sheet = f"/assessments/{made.sheet(session, 0, 0).reference}"
    lesson = {"version": "", "briefing": "Read well.", "answer": "We will try.", "score": "1", "why": "Says nothing."}
    refused = officer.post(page, data=lesson | {"criterion": ""})
    assert (refused.status_code, "Choose the criterion that" in refused.text, "We will try." in refused.text) == (
        422,
        True,
        True,
    )
    assert officer.post(page, data=lesson | {"criterion": criterion}).status_code == 302
    sent = assessor.get(sheet)
    assert sent.status_code == 302
    shown = assessor.get(sent.location)
    Page(shown.text)
    assert "We will try." in shown.text
    assert "Says nothing." not in shown.text
    refused = assessor.post(sent.location, data={"value": "4", "comment": ""})
    assert refused.status_code == 422
    assert "Say why." in refused.text
    assert "Tick the box to promise confidentiality." in refused.text
    assert assessor.post(sent.location, data={"value": "4", "comment": "Fine.", "confidential": "y"}).status_code == 302
    assert "Says nothing." in assessor.get(sent.location).text
    assert "Do you have a conflict of interest?" in assessor.get(sheet).text


def test_nobody_prepares_in_anothers_seat(app: Flask, database: Database) -> None:
    made = scene(database)
    made.seat(prepared=False)
    with database.reading() as session:
        member = session.scalars(select(PanelMember).where(PanelMember.person_id == made.assessors[1].id)).one()
    assert signed_in(app, made.assessors[0]).get(f"/assessments/preparation/{member.id}").status_code == 404


def test_what_somebody_stands_down_from_goes_at_once_to_who_has_least_to_do(database: Database) -> None:
    made = scene(database)
    made.seat(each=1)
    with database.writing() as session:
        holder = next(n for n in range(3) if _has(session, made, n, 0))
        services.recuse(
            session, made.actor(session, made.assessors[holder]), made.sheet(session, holder, 0), "A friend."
        )
        given = session.scalars(
            select(Assignment).where(
                Assignment.response_id == made.response(session, 0).id, Assignment.state == "assigned"
            )
        ).one()
        assert given.person_id != made.assessors[holder].id
        assert given.assigned_by_id is None


def test_where_nobody_is_left_the_officers_are_told_and_the_quorum_stands(database: Database) -> None:
    made = scene(database)
    made.seat()
    with database.writing() as session:
        for number in range(2):
            services.recuse(
                session, made.actor(session, made.assessors[number]), made.sheet(session, number, 0), "A friend."
            )
    with database.reading() as session:
        told = select(OutboxMessage).where(OutboxMessage.kind == "assessment.short")
        assert len(session.scalars(told).all()) == 1
        short = select(func.count()).where(JournalEntry.event == "assessment.quorum_short")
        assert session.scalar(short) == 1


def test_who_falls_ill_leaves_their_open_sheets_to_the_rest(database: Database) -> None:
    made = scene(database)
    made.seat(each=1)
    with database.writing() as session:
        officer, inside = made.actor(session, made.officer), made.inside(session)
        seat = seat_of(session, inside.round, made.assessors[0].id)
        assert seat is not None
        services.stand_down(session, officer, inside, seat, "Ill.")
        counts = select(Assignment.response_id, func.count()).where(Assignment.state != "recused")
        assert [count for _, count in session.execute(counts.group_by(Assignment.response_id))] == [1, 1, 1]


def _has(session: object, made: Scene, assessor: int, response: int) -> bool:
    from sqlalchemy.exc import NoResultFound

    try:
        made.sheet(session, assessor, response)  # type: ignore[arg-type]
    except NoResultFound:
        return False
    return True
