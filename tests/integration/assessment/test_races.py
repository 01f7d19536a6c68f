"""Assessors and an officer at the same moment, with real threads and real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from portal.assessment import services
from portal.assessment.models import Assignment, PricesOpened, Score, ScoresOpened
from portal.db import Database
from portal.machine import MoveRefused, NotNow
from tests.support.assessed import Scene, scene

TIMES = 3


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act came to, all begun together: its answer, or its refusal in words."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except (MoveRefused, NotNow) as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def almost_locked(database: Database, *, price: bool = False) -> Scene:
    """Every sheet is filled in and locked, but the last one of assessors 0 and 1. With `price`, 2 judges prices."""
    made = scene(database)
    with database.writing() as session:
        inside, officer = made.inside(session), made.actor(session, made.officer)
        criterion = inside.round.criteria[1]
        criterion.by_price = criterion.price_judged = price
        session.flush()
        for number, person in enumerate(made.assessors):
            member = services.add_assessor(session, officer, inside, person)
            services.write_skills(session, officer, inside, member, services.Judges(price=price and number == 2))
            services.prepare(session, made.actor(session, person), member)
        services.allocate(session, officer, inside, None)
    values = (3,) if price else (3, 4)
    for assessor in range(2 if price else 3):
        for response in range(3):
            made.mark(assessor, response, *values, lock=(assessor, response) not in {(0, 2), (1, 2)})
    return made


def lock(made: Scene, assessor: int) -> str:
    with made.database.writing() as session:
        services.lock(session, made.actor(session, made.assessors[assessor]), made.sheet(session, assessor, 2))
    return "locked"


def reopen(made: Scene, assessor: int) -> str:
    with made.database.writing() as session:
        actor, sheet = made.actor(session, made.assessors[assessor]), made.sheet(session, assessor, 0)
        services.reopen(session, actor, sheet, "I misread it.")
    return "reopened"


def rescore(made: Scene, assessor: int) -> str:
    """Change a score of the last sheet, which may be locked by now."""
    with made.database.writing() as session:
        from portal.assessment.queries import sheet_rows

        actor, sheet = made.actor(session, made.assessors[assessor]), made.sheet(session, assessor, 2)
        row = sheet_rows(session, sheet)[0]
        assert row.score is not None
        marking = services.Marking(0, "On second thoughts.", row.score.version)
        services.save_score(session, actor, sheet, row.criterion, marking)
    return "changed"


def open_prices(made: Scene) -> int:
    with made.database.writing() as session:
        return services.open_prices(session, made.actor(session, made.officer), made.inside(session))


@pytest.mark.parametrize("time", range(TIMES))
def test_two_lock_while_the_scores_are_opened(database: Database, time: int) -> None:
    """Both are locked whatever happens; scores open only once both are, and with what both had given."""
    made = almost_locked(database)
    came = at_once(lambda: lock(made, 0), lambda: lock(made, 1), made.open_scores)
    assert came[:2] == ["locked", "locked"], came
    with database.reading() as session:
        opened = session.scalars(select(ScoresOpened)).first()
        sheets = session.scalars(select(Assignment)).all()
        assert {sheet.state for sheet in sheets} == {"locked"}
        assert (opened is None) == isinstance(came[2], MoveRefused)
        assert opened is None or all(sheet.locked_at and sheet.locked_at <= opened.at for sheet in sheets)
    if opened is None:
        made.open_scores()


@pytest.mark.parametrize("time", range(TIMES))
def test_a_sheet_is_reopened_or_the_scores_are_opened_never_both(database: Database, time: int) -> None:
    made = almost_locked(database)
    lock(made, 0)
    lock(made, 1)
    reopened, opened = at_once(lambda: reopen(made, 0), made.open_scores)
    assert isinstance(reopened, MoveRefused) != isinstance(opened, MoveRefused)
    with database.reading() as session:
        states = {sheet.state for sheet in session.scalars(select(Assignment))}
        found = session.scalars(select(ScoresOpened)).first()
        assert ("scoring" in states) == (reopened == "reopened") == (found is None)


@pytest.mark.parametrize("time", range(TIMES))
def test_a_score_that_comes_while_its_sheet_is_locked_is_refused_or_was_first(database: Database, time: int) -> None:
    made = almost_locked(database)
    changed, locked = at_once(lambda: rescore(made, 0), lambda: lock(made, 0))
    assert locked == "locked"
    with database.reading() as session:
        sheet = made.sheet(session, 0, 2)
        rows = session.scalars(select(Score).where(Score.assignment_id == sheet.id)).all()
        kept = next(row for row in rows if row.comment == "On second thoughts.") if changed == "changed" else None
        assert isinstance(changed, NotNow) or kept is not None
        assert kept is None or (sheet.locked_at is not None and kept.saved_at <= sheet.locked_at)


@pytest.mark.parametrize("time", range(TIMES))
def test_a_sheet_is_reopened_or_the_prices_are_opened_never_both(database: Database, time: int) -> None:
    made = almost_locked(database, price=True)
    lock(made, 0)
    lock(made, 1)
    reopened, opened = at_once(lambda: reopen(made, 0), lambda: open_prices(made))
    assert isinstance(reopened, MoveRefused) != isinstance(opened, MoveRefused)
    with database.reading() as session:
        found = session.scalars(select(PricesOpened)).first()
        given = session.scalars(select(Assignment).where(Assignment.price)).all()
        assert (found is None) == (reopened == "reopened") == (given == [])
