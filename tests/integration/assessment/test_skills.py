"""What each of a panel can judge: written by the officer, kept by the allocation, and said where it is not enough."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from portal.assessment import services
from portal.assessment.allocation import Skill
from portal.assessment.models import Assignment, PanelMember, SheetCriterion
from portal.assessment.queries import opened_standing, sheet_rows
from portal.challenges.models import Lot
from portal.db import Database
from portal.journal.models import JournalEntry
from portal.machine import MoveRefused, NotNow
from tests.support.assessed import Scene, scene
from tests.support.page import Page
from tests.support.people import signed_in

FIT, DELIVERY = 0, 1


@pytest.fixture
def made(database: Database) -> Scene:
    """A panel of three that sits and has read nothing: the brief promises two scores for each answer."""
    made = scene(database)
    with database.writing() as session:
        officer, inside = made.actor(session, made.officer), made.inside(session)
        for person in made.assessors:
            member = services.add_assessor(session, officer, inside, person)
            services.prepare(session, made.actor(session, person), member)
    return made


def can(made: Scene, assessor: int, *criteria: int, lots: frozenset[int] | None = None) -> None:
    """Write down which criteria, by their place in the brief, an assessor can judge (none: all of them)."""
    with made.database.writing() as session:
        inside = made.inside(session)
        keys = frozenset(inside.round.criteria[each].id for each in criteria) or None
        judges = services.Judges(skill=Skill(keys, lots))
        services.write_skills(session, made.actor(session, made.officer), inside, seat(made, session, assessor), judges)


def seat(made: Scene, session: Session, assessor: int) -> PanelMember:
    rows = select(PanelMember).where(PanelMember.person_id == made.assessors[assessor].id)
    return session.scalars(rows).one()


def allocate(made: Scene, each: int | None = None) -> int:
    with made.database.writing() as session:
        return services.allocate(session, made.actor(session, made.officer), made.inside(session), each)


def asked(made: Scene, assessor: int, response: int) -> list[str]:
    with made.database.reading() as session:
        return [row.criterion.name for row in sheet_rows(session, made.sheet(session, assessor, response))]


def test_a_sheet_asks_for_what_its_assessor_can_judge(made: Scene) -> None:
    can(made, 0, FIT)
    can(made, 1, DELIVERY)
    assert allocate(made) == 9
    assert asked(made, 0, 0) == ["Fit with the need"]
    assert asked(made, 1, 0) == ["Delivery"]
    assert asked(made, 2, 0) == ["Fit with the need", "Delivery"]
    for response in range(3):
        made.mark(0, response, 5)
        made.mark(1, response, 1)
        made.mark(2, response, 3, 3)
    made.open_scores()
    with made.database.reading() as session:
        stands = opened_standing(session, made.actor(session, made.officer), made.inside(session))
        assert [list(point.values.values()) for point in stands.judged[0].points] == [[5, 3], [1, 3]]
        assert [point.agreed for point in stands.judged[0].points] == [4, 2]


def test_the_quorum_is_asked_of_every_criterion(made: Scene) -> None:
    can(made, 0, FIT)
    can(made, 1, FIT)
    can(made, 2, DELIVERY)
    allocate(made)
    for response in range(3):
        made.mark(0, response, 5)
        made.mark(1, response, 5)
        made.mark(2, response, 3)
    with pytest.raises(MoveRefused) as refused:
        made.open_scores()
    missing = [line for each in refused.value.refusal.missing for line in each.details]
    assert "Ash Buses: 1 of 2 locked on Delivery." in missing


def test_a_shared_out_panel_covers_every_criterion(made: Scene) -> None:
    can(made, 0, FIT)
    can(made, 1, DELIVERY)
    allocate(made, 1)
    with made.database.reading() as session:
        rows = session.execute(
            select(Assignment.response_id, SheetCriterion.criterion_id).join(
                SheetCriterion, SheetCriterion.assignment_id == Assignment.id
            )
        ).all()
        inside = made.inside(session)
        wanted = {(made.response(session, n).id, each.id) for n in range(3) for each in inside.round.criteria}
        assert {(response, criterion) for response, criterion in rows} == wanted


def test_somebody_who_can_judge_one_lot_gets_that_one_only(made: Scene) -> None:
    with made.database.writing() as session:
        inside = made.inside(session)
        other = Lot(round_id=inside.round.id, number=2, title="Rural")
        session.add(other)
        session.flush()
        made.response(session, 2).lot_id = other.id
        first, second = inside.round.lots[0].id, other.id
    can(made, 0, lots=frozenset({second}))
    can(made, 1, lots=frozenset({first}))
    assert allocate(made) == 1 + 2 + 3
    with pytest.raises(NoResultFound):
        asked(made, 0, 0)
    assert asked(made, 0, 2) == ["Fit with the need", "Delivery"]


def test_the_page_writes_skills_and_says_where_a_quorum_cannot_be_met(app: Flask, made: Scene) -> None:
    with made.database.reading() as session:
        member, criteria = seat(made, session, 0).id, [each.id for each in made.inside(session).round.criteria]
    client, here = signed_in(app, made.officer), f"/challenges/{made.reference}/assessment"
    assert "the panel cannot do all" not in client.get(here).text
    page = f"{here}/assessors/{member}/skills"
    shown = client.get(page).text
    Page(shown)
    assert "The price, and nothing else" not in shown
    refused = client.post(page, data={"judges": "some"})
    assert (refused.status_code, "Tick at least one." in refused.text) == (422, True)
    assert client.post(page, data={"judges": "price"}).status_code == 422
    assert client.post(page, data={"judges": "some", "criteria": ["999999"]}).status_code == 422
    assert client.post(page, data={"judges": "some", "criteria": [str(criteria[FIT])]}).status_code == 302
    can(made, 1, FIT)
    panel = client.get(here).text
    Page(panel)
    assert "the panel cannot do all" in panel
    assert "Delivery: 1 of 2 can judge it." in panel
    assert "Fit with the need:" not in panel
    with made.database.reading() as session:
        events = session.scalars(select(JournalEntry.event)).all()
        assert events.count("assessment.skills_written") == 2


def test_a_sheet_that_ends_goes_to_somebody_who_can_judge_what_is_short(made: Scene) -> None:
    can(made, 0, FIT)
    can(made, 1, DELIVERY)
    can(made, 2, FIT)
    with made.database.writing() as session:
        officer, inside = made.actor(session, made.officer), made.inside(session)
        services.assign(session, officer, inside, made.response(session, 0), seat(made, session, 0))
        services.recuse(session, made.actor(session, made.assessors[0]), made.sheet(session, 0, 0), "A friend.")
    assert asked(made, 2, 0) == ["Fit with the need"]


def test_nobody_is_given_what_they_can_judge_nothing_of(made: Scene) -> None:
    can(made, 0, lots=frozenset({999_999}))
    with made.database.writing() as session, pytest.raises(NotNow, match="can judge nothing"):
        officer, inside = made.actor(session, made.officer), made.inside(session)
        services.assign(session, officer, inside, made.response(session, 0), seat(made, session, 0))


def test_what_was_given_stays_when_skills_change(made: Scene) -> None:
    allocate(made)
    can(made, 0, FIT)
    assert asked(made, 0, 0) == ["Fit with the need", "Delivery"]


def test_an_assessor_does_not_write_skills(app: Flask, made: Scene) -> None:
    with made.database.reading() as session:
        member = seat(made, session, 0).id
    client = signed_in(app, made.assessors[0])
    path = f"/challenges/{made.reference}/assessment/assessors/{member}/skills"
    assert client.post(path, data={"judges": "everything"}).status_code == 403
