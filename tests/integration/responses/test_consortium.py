"""Answering together: shares that add up, partners who accept for themselves, and partners who leave."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.db import Database
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.policy import Permission, Role
from portal.responses import queries, services
from portal.responses.content import content_of
from portal.responses.models import Response
from portal.responses.sections import SUMMARY
from tests.support import make
from tests.support.answering import Scene, acting, after, opened_by, own, scene, started, submitted, written
from tests.support.clock import TestClock


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


@pytest.fixture
def partner(database: Database, at: Scene) -> int:
    """Somebody of another firm."""
    with database.writing() as session:
        return make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, make.supplier(session)).id


def firm_of(database: Database, person: int) -> str:
    with database.reading() as session:
        key = next(iter(acting(session, person).ids(Permission.RESPONSE_WRITE)))
        return session.get_one(Organisation, key).reference


def invited(database: Database, at: Scene, reference: str, person: int, share: int = 30) -> str:
    with database.writing() as session:
        actor = acting(session, at.member)
        response, email = own(session, actor, reference), session.get_one(Person, person).email
        return services.invite_partner(session, actor, response, email, share_percent=share, part="Sensors")


def joined(database: Database, at: Scene, reference: str, person: int, share: int = 30) -> None:
    key, firm = invited(database, at, reference, person, share), firm_of(database, person)
    with database.writing() as session:
        services.accept_invitation(session, acting(session, person), key, firm)


def shares(database: Database, at: Scene, reference: str) -> list[int]:
    with database.reading() as session:
        return [each.share_percent for each in own(session, acting(session, at.member), reference).members]


def left(database: Database, person: int, reference: str) -> None:
    with database.writing() as session:
        actor = acting(session, person)
        services.leave(session, actor, own(session, actor, reference), reason="Too much other work.")


def mailed(database: Database, kind: str) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).where(OutboxMessage.kind == kind)) or 0


def test_a_partner_reads_and_writes_only_once_it_has_accepted(database: Database, at: Scene, partner: int) -> None:
    reference = started(database, at)
    key = invited(database, at, reference, partner)
    with database.reading() as session:
        assert queries.own(session, acting(session, partner), reference) is None
        assert session.scalar(select(func.count()).select_from(Response)) == 0
        waiting = services.invitation(session, acting(session, partner), key)
        assert waiting is not None
        assert (waiting.share_percent, waiting.part) == (30, "Sensors")
        assert services.invitation(session, acting(session, at.stranger), key) is None, "another address"
        assert services.invitation(session, acting(session, partner), "guessed") is None
    with database.writing() as session:
        services.accept_invitation(session, acting(session, partner), key, firm_of(database, partner))
    assert shares(database, at, reference) == [70, 30]
    with database.writing() as session:
        actor = acting(session, partner)
        response = own(session, actor, reference)
        assert services.save_section(session, actor, response, SUMMARY, "From the partner", version=None) == 1
        with pytest.raises(NotAllowed, match="leads"):
            services.submit(session, actor, response, once_key="x")
    assert mailed(database, "responses.partner_joined") == 2


def test_nobody_accepts_for_a_firm_that_is_not_theirs_or_twice(database: Database, at: Scene, partner: int) -> None:
    reference = started(database, at)
    key = invited(database, at, reference, partner)
    others, theirs = firm_of(database, at.stranger), firm_of(database, partner)
    with database.writing() as session, pytest.raises(NotAllowed):
        services.accept_invitation(session, acting(session, partner), key, others)
    with database.writing() as session:
        services.accept_invitation(session, acting(session, partner), key, theirs)
    with database.writing() as session, pytest.raises(NotAllowed):
        services.accept_invitation(session, acting(session, partner), key, theirs)
    again = invited(database, at, reference, partner, 5)
    with database.writing() as session, pytest.raises(NotNow, match="already"):
        services.accept_invitation(session, acting(session, partner), again, theirs)


@pytest.mark.parametrize("share", [0, 100, -5, 1000])
def test_a_share_leaves_the_lead_some(database: Database, at: Scene, partner: int, share: int) -> None:
    reference = started(database, at)
    with pytest.raises(NotNow, match="1 to 99"):
        invited(database, at, reference, partner, share)


def test_nothing_is_submitted_until_everybody_has_answered(database: Database, at: Scene, partner: int) -> None:
    reference = started(database, at)
    written(database, at, reference)
    invited(database, at, reference, partner)
    with pytest.raises(MoveRefused) as refused:
        submitted(database, at, reference)
    assert "add up to 70%" in str([each.sentence for each in refused.value.refusal.missing])
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        services.take_back_invitation(session, actor, response, queries.invitations_of(session, response)[0].id)
    assert submitted(database, at, reference) == 1


def test_a_share_that_becomes_free_is_nobodys_until_the_lead_takes_it(
    database: Database, at: Scene, partner: int
) -> None:
    reference = started(database, at)
    written(database, at, reference)
    joined(database, at, reference, partner)
    left(database, partner, reference)
    assert shares(database, at, reference) == [70]
    assert mailed(database, "responses.partner_left") == 2
    with pytest.raises(MoveRefused):
        submitted(database, at, reference)
    with database.writing() as session:
        actor = acting(session, at.member)
        services.take_over_share(session, actor, own(session, actor, reference))
    assert shares(database, at, reference) == [100]
    assert submitted(database, at, reference) == 1


def test_declining_tells_the_lead_and_frees_the_share(database: Database, at: Scene, partner: int) -> None:
    reference = started(database, at)
    key = invited(database, at, reference, partner)
    with database.writing() as session:
        services.decline_invitation(session, acting(session, partner), key)
    assert mailed(database, "responses.partner_declined") == 2
    invited(database, at, reference, at.stranger, 30)
    assert shares(database, at, reference) == [70], "the free share is offered again before the lead's is touched"


def test_after_submitting_the_copy_stands_until_the_lead_submits_again(
    database: Database, at: Scene, partner: int
) -> None:
    reference = started(database, at)
    written(database, at, reference)
    joined(database, at, reference, partner)
    submitted(database, at, reference)
    left(database, partner, reference)
    with database.writing() as session:
        assert queries.own(session, acting(session, partner), reference) is None
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        copy = queries.latest_snapshot(session, response)
        assert copy is not None
        assert [each.share_percent for each in content_of(copy).firms] == [70, 30]
        gone = queries.departures_of(session, response)
        assert [(each.share_percent, each.copy_number) for each in gone] == [(30, 1)]
        services.take_over_share(session, actor, response)
    assert submitted(database, at, reference, once_key="again") == 2


def test_after_the_deadline_it_is_recorded_and_told_once_opened(
    database: Database, at: Scene, partner: int, clock: TestClock
) -> None:
    reference = started(database, at)
    written(database, at, reference)
    joined(database, at, reference, partner)
    submitted(database, at, reference)
    after(at.deadline)
    left(database, partner, reference)
    with database.writing() as session:
        actor = acting(session, at.member)
        with pytest.raises(services.Closed):
            services.take_over_share(session, actor, own(session, actor, reference))
    for officer in at.officers:
        opened_by(database, at, officer)
    with database.reading() as session:
        response = queries.opened(session, acting(session, at.officers[0]), reference)
        assert response is not None
        assert [each.reason for each in queries.departures_of(session, response)] == ["Too much other work."]


def test_the_lead_cannot_leave_and_nobody_leaves_what_is_decided(database: Database, at: Scene, partner: int) -> None:
    reference = started(database, at)
    joined(database, at, reference, partner)
    with database.writing() as session, pytest.raises(NotNow, match="withdraws"):
        actor = acting(session, at.member)
        services.leave(session, actor, own(session, actor, reference))


def test_a_partner_who_leaves_while_the_lead_submits(database: Database, at: Scene, partner: int) -> None:
    """Either the copy was made first and the departure names it, or the departure came first and nothing was taken."""
    for number in range(4):
        with database.writing() as session:
            lead = session.get_one(Person, at.member)
            firm = make.supplier(session)
            make.grant(session, lead, Role.SUPPLIER_ADMINISTRATOR, firm)
            key = firm.id
        reference = started(database, at, firm=key)
        written(database, at, reference)
        joined(database, at, reference, partner)
        gate, refused = Barrier(2), list[str]()

        def send(reference: str = reference, gate: Barrier = gate, refused: list[str] = refused) -> None:
            gate.wait()
            try:
                submitted(database, at, reference)
            except MoveRefused as error:
                refused.append(str(error))

        def go(reference: str = reference, gate: Barrier = gate) -> None:
            gate.wait()
            left(database, partner, reference)

        threads = [Thread(target=each) for each in (send, go)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.reading() as session:
            response = own(session, acting(session, at.member), reference)
            copy = queries.latest_snapshot(session, response)
            (gone,) = queries.departures_of(session, response)
            assert (copy is None) == bool(refused), number
            assert gone.copy_number == (None if copy is None else 1)
            if copy is not None:
                assert sum(each.share_percent for each in content_of(copy).firms) == 100
