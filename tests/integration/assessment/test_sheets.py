"""An assessor's sheet: theirs alone, only after the conflict check, and never changed once compared."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from portal.assessment import services
from portal.assessment.models import Assignment, Score
from portal.assessment.queries import my_sheet, queue, read_queue, sheet_rows
from portal.challenges.models import ConflictDeclaration
from portal.db import Conflict, clock
from portal.journal.models import JournalEntry
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.policy import Role
from portal.workflow import fire
from tests.support import make
from tests.support.assessed import Scene


def test_each_assessor_has_every_response_to_do(seated: Scene) -> None:
    with seated.database.reading() as session:
        items = read_queue(session, queue(seated.actor(session, seated.assessors[0]), done=False))
    assert [item.firm for item in items] == ["Ash Buses", "Birch Wheels", "Cedar Rides"]
    assert [item.minutes for item in items] == [10, 10, 10]


def test_nothing_is_scored_before_the_conflict_check(seated: Scene) -> None:
    with seated.database.writing() as session:
        sheet, actor = seated.sheet(session, 0, 0), seated.actor(session, seated.assessors[0])
        criterion = sheet_rows(session, sheet)[0].criterion
        with pytest.raises(NotNow):
            services.save_score(session, actor, sheet, criterion, services.Marking(3, "Good", None))


def test_nobody_moves_or_marks_anothers_sheet(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4, lock=False)
    with seated.database.writing() as session:
        sheet, other = seated.sheet(session, 0, 0), seated.actor(session, seated.assessors[1])
        assert my_sheet(session, other, sheet.reference) is None
        criterion = sheet_rows(session, sheet)[0].criterion
        with pytest.raises(NotAllowed):
            services.save_score(session, other, sheet, criterion, services.Marking(0, "Bad", 1))
        for move, given in (("lock", {}), ("recuse", {"reason": "x"})):
            with pytest.raises(NotAllowed, match="another assessor"):
                fire(session, other, sheet, move, **given)


def test_a_sheet_is_kept_in_parts_and_locked_only_whole(seated: Scene) -> None:
    with seated.database.writing() as session:
        actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
        services.declare(session, actor, sheet)
        first, second = (row.criterion for row in sheet_rows(session, sheet))
        services.save_score(session, actor, sheet, first, services.Marking(4, "", None))
        services.save_score(session, actor, sheet, second, services.Marking(None, "Not sure yet", None))
        with pytest.raises(MoveRefused) as refused:
            services.lock(session, actor, sheet)
        assert refused.value.refusal.missing[0].details == ("Fit with the need", "Delivery")


def test_a_score_outside_its_range_is_refused(seated: Scene) -> None:
    with seated.database.writing() as session:
        actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
        services.declare(session, actor, sheet)
        criterion = sheet_rows(session, sheet)[0].criterion
        for value in (-1, 6):
            with pytest.raises(ValueError, match="0 to 5"):
                services.save_score(session, actor, sheet, criterion, services.Marking(value, "", None))


def test_two_windows_never_overwrite_each_other(seated: Scene) -> None:
    with seated.database.writing() as session:
        actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
        services.declare(session, actor, sheet)
        criterion = sheet_rows(session, sheet)[0].criterion
        kept = services.save_score(session, actor, sheet, criterion, services.Marking(4, "First", None))
        version = kept.version
        with pytest.raises(Conflict):
            services.save_score(session, actor, sheet, criterion, services.Marking(1, "Second", None))
        services.save_score(session, actor, sheet, criterion, services.Marking(2, "Third", version))
        with pytest.raises(Conflict):
            services.save_score(session, actor, sheet, criterion, services.Marking(5, "Fourth", version))


def test_a_locked_sheet_cannot_be_changed_until_it_is_reopened_with_a_reason(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4)
    with seated.database.writing() as session:
        actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
        row = sheet_rows(session, sheet)[0]
        marking = services.Marking(1, "Changed", row.score.version if row.score else None)
        with pytest.raises(NotNow):
            services.save_score(session, actor, sheet, row.criterion, marking)
        with pytest.raises(MoveRefused):
            services.reopen(session, actor, sheet, " ")
        services.reopen(session, actor, sheet, "I misread the price.")
        assert (sheet.state, sheet.locked_at, sheet.reopen_reason) == ("scoring", None, "I misread the price.")
        services.save_score(session, actor, sheet, row.criterion, marking)


def test_once_scores_are_compared_no_sheet_can_be_reopened(judged: Scene) -> None:
    judged.open_scores()
    with judged.database.writing() as session:
        actor, sheet = judged.actor(session, judged.assessors[0]), judged.sheet(session, 0, 0)
        with pytest.raises(MoveRefused, match="opened for comparison"):
            services.reopen(session, actor, sheet, "Second thoughts.")


def test_who_stood_down_has_nothing_left_to_see(seated: Scene) -> None:
    with seated.database.writing() as session:
        actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
        services.recuse(session, actor, sheet, "My sister works there.")
        assert sheet.conflict == "My sister works there."
        assert my_sheet(session, actor, sheet.reference) is None
        assert len(read_queue(session, queue(actor, done=False))) == 2


def test_an_assessor_who_joins_a_firm_that_responded_can_go_no_further(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4, lock=False)
    with seated.database.writing() as session:
        firm = seated.response(session, 1).organisation_id
        from portal.organisations.models import Organisation

        make.grant(session, seated.assessors[0], Role.SUPPLIER_MEMBER, session.get_one(Organisation, firm))
        actor = seated.actor(session, seated.assessors[0])
        with pytest.raises(NotAllowed, match="firm that responded"):
            services.lock(session, actor, seated.sheet(session, 0, 0))
        with pytest.raises(NotAllowed, match="firm that responded"):
            services.declare(session, actor, seated.sheet(session, 0, 2))


def test_an_assessor_who_declares_a_conflict_on_the_challenge_can_go_no_further(seated: Scene) -> None:
    with seated.database.writing() as session:
        inside = seated.inside(session)
        session.add(
            ConflictDeclaration(
                challenge_id=inside.challenge.id,
                person_id=seated.assessors[0].id,
                capacity="Assessor",
                conflicted=True,
                declared_at=clock.now(),
            )
        )
        session.flush()
        with pytest.raises(NotAllowed, match="conflict"):
            services.declare(session, seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0))


def test_outside_the_assessment_nothing_moves(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4, lock=False)
    with seated.database.writing() as session:
        from portal.db import guard_state

        with guard_state():
            seated.inside(session).challenge.state = "support"
    with seated.database.writing() as session:
        actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
        with pytest.raises(NotNow):
            services.lock(session, actor, sheet)
        row = sheet_rows(session, sheet)[0]
        with pytest.raises(NotNow):
            services.save_score(session, actor, sheet, row.criterion, services.Marking(1, "Late", 1))


def test_two_locks_at_once_lock_once(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4, lock=False)
    barrier, ends = Barrier(2), []

    def lock() -> None:
        try:
            with seated.database.writing() as session:
                actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
                if seated.database.dialect == "postgresql":
                    barrier.wait(5)
                services.lock(session, actor, sheet)
            ends.append("locked")
        except NotNow:
            ends.append("too late")

    threads = [Thread(target=lock) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["locked", "too late"]
    with seated.database.reading() as session:
        locks = select(func.count()).select_from(JournalEntry).where(JournalEntry.event == "assignment.lock")
        assert session.scalar(locks) == 1


def test_a_score_saved_while_the_sheet_is_locked_is_either_in_it_or_refused(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4, lock=False)
    barrier, ends = Barrier(2), []

    def act(what: str) -> None:
        try:
            with seated.database.writing() as session:
                actor, sheet = seated.actor(session, seated.assessors[0]), seated.sheet(session, 0, 0)
                row = sheet_rows(session, sheet)[0]
                if seated.database.dialect == "postgresql":
                    barrier.wait(5)
                if what == "lock":
                    services.lock(session, actor, sheet)
                else:
                    services.save_score(session, actor, sheet, row.criterion, services.Marking(1, "Last word", 1))
            ends.append(what)
        except NotNow:
            ends.append("refused")

    threads = [Thread(target=act, args=(what,)) for what in ("lock", "save")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "lock" in ends
    with seated.database.reading() as session:
        assert session.scalar(select(Assignment.state).where(Assignment.state == "locked")) == "locked"
        last = session.scalars(select(Score.value).where(Score.comment == "Last word")).first()
    assert (last == 1) is ("save" in ends)
