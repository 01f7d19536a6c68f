"""Opening takes the deadline, two people and no conflict; what was not submitted in time stays sealed for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import journal
from portal.challenges.models import ConflictDeclaration, RoundKind
from portal.db import Database
from portal.db import clock as portal_clock
from portal.journal import JournalEntry
from portal.machine import MoveRefused, NotAllowed, NotNow, Situation
from portal.outbox.models import OutboxMessage
from portal.policy import Permission, Role
from portal.responses import effects, queries, requirements, seal, services
from portal.responses.models import Response, ResponseSection
from portal.workflow import fire, subscribe
from tests.support import make
from tests.support.answering import (
    WORD,
    Scene,
    acting,
    after,
    answered,
    asked_of,
    challenge_of,
    hear,
    opened_by,
    own,
    scene,
    started,
    submitted,
    written,
)
from tests.support.clock import TestClock

KIND = RoundKind.CHALLENGE


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


def test_nobody_opens_before_the_deadline(database: Database, at: Scene) -> None:
    answered(database, at)
    with pytest.raises(NotNow, match="sealed until the deadline"):
        opened_by(database, at, at.officers[0])


def test_two_people_open_hours_apart(database: Database, at: Scene, clock: TestClock) -> None:
    reference = answered(database, at)
    heard: list[str] = []
    subscribe("responses.opened", lambda _session, challenge, asked: heard.append(challenge.reference))
    after(at.deadline)
    assert opened_by(database, at, at.officers[0]) is False
    assert opened_by(database, at, at.officers[0]) is False, "the same person twice is one person"
    with database.reading() as session:
        assert queries.opened_responses(session, challenge_of(session, at), KIND) == []
    clock.advance(hours=20)
    assert heard == []
    assert opened_by(database, at, at.officers[1]) is True
    assert heard == [at.challenge]
    with database.reading() as session:
        (found,) = queries.opened_responses(session, challenge_of(session, at), KIND)
        assert (found.reference, found.state, found.opened_at) == (reference, "opened", clock.now())
        assert queries.opened(session, acting(session, at.owner), reference) is not None
        assert queries.for_reader(session, acting(session, at.stranger), reference) is None
        opened = session.scalars(select(JournalEntry).where(JournalEntry.event == "response.open")).one()
        assert opened.challenge_id == found.challenge_id
        assert list(journal.verify(session)) == []


def test_opening_makes_the_move_that_the_clock_owes(database: Database, at: Scene) -> None:
    answered(database, at)
    after(at.deadline)
    opened_by(database, at, at.officers[0])
    with database.reading() as session:
        challenge = challenge_of(session, at)
        closed = session.scalars(select(JournalEntry).where(JournalEntry.event == "challenge.close")).one()
        assert challenge.state == "assessment"
        assert (closed.at, closed.actor_id) == (at.deadline, None)


def test_another_authoritys_officer_can_be_the_second(database: Database, at: Scene) -> None:
    answered(database, at)
    with database.writing() as session:
        guest = make.person(session)
        make.grant(session, guest, Role.PROCUREMENT_OFFICER, make.authority(session))
        invited = guest.id
    after(at.deadline)
    opened_by(database, at, at.officers[0])
    with pytest.raises(NotAllowed):
        opened_by(database, at, invited)
    with database.writing() as session:
        from portal.accounts.models import Person

        make.grant(session, session.get_one(Person, invited), Role.OPENER, challenge_of(session, at))
    assert opened_by(database, at, invited) is True


def test_neither_the_conflicted_nor_a_firm_nor_who_says_nothing_opens(database: Database, at: Scene) -> None:
    answered(database, at)
    after(at.deadline)
    with pytest.raises(NotAllowed, match="no interest"):
        opened_by(database, at, at.officers[0], no_interest=False)
    with database.writing() as session:
        from portal.accounts.models import Person

        challenge = challenge_of(session, at)
        session.add(
            ConflictDeclaration(
                challenge_id=challenge.id,
                person_id=at.officers[0],
                capacity="Officer",
                conflicted=True,
                declared_at=portal_clock.now(),
            )
        )
        make.grant(session, session.get_one(Person, at.member), Role.OPENER, challenge)
    with pytest.raises(NotAllowed, match="conflict"):
        opened_by(database, at, at.officers[0])
    with pytest.raises(NotAllowed, match="firm that answered"):
        opened_by(database, at, at.member)
    with pytest.raises(NotAllowed):
        opened_by(database, at, at.owner)


def test_drafts_and_withdrawn_responses_stay_sealed(database: Database, at: Scene) -> None:
    reference = answered(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        services.withdraw(session, actor, own(session, actor, reference))
        firm = next(iter(acting(session, at.stranger).ids(Permission.RESPONSE_WRITE)))
    draft = started(database, at, person=at.stranger, firm=firm)
    written(database, at, draft, person=at.stranger)
    after(at.deadline)
    with pytest.raises(NotNow, match="Nobody answered"):
        opened_by(database, at, at.officers[0])
    with database.reading() as session:
        assert queries.nobody_answered(session, asked_of(session, at), portal_clock.now())


def test_nobody_is_told_that_nobody_answered_before_the_deadline(database: Database, at: Scene) -> None:
    with database.reading() as session:
        assert not queries.nobody_answered(session, asked_of(session, at), portal_clock.now())


def test_opening_before_a_reopening_no_longer_counts(database: Database, at: Scene, clock: TestClock) -> None:
    answered(database, at)
    after(at.deadline)
    opened_by(database, at, at.officers[0])
    with database.writing() as session:
        asked_of(session, at).deadline = at.deadline + timedelta(days=7)
    clock.set(at.deadline + timedelta(days=8))
    assert opened_by(database, at, at.officers[1]) is False
    assert opened_by(database, at, at.officers[0]) is True


def test_no_response_is_opened_alone(database: Database, at: Scene) -> None:
    answered(database, at)
    after(at.deadline)
    with database.writing() as session, seal.lifted(session):
        response = session.scalars(select(Response)).one()
        with pytest.raises(MoveRefused, match="Two people"):
            fire(session, acting(session, at.officers[0]), response, "open")


def _opened(database: Database, at: Scene) -> str:
    reference = answered(database, at)
    after(at.deadline)
    opened_by(database, at, at.officers[0])
    opened_by(database, at, at.officers[1])
    return reference


def _missing(database: Database, at: Scene) -> set[str]:
    with database.reading() as session:
        situation = Situation(session, challenge_of(session, at), acting(session, at.officers[0]), portal_clock.now())
        offered = (
            requirements.opened(KIND),
            requirements.eligibility_decided(KIND),
            requirements.at_least_one_eligible(KIND),
            requirements.only_one_explained(KIND),
            requirements.nothing_opened_yet(KIND),
        )
        return {each.name for each in offered if each.check(situation) not in (True, [])}


def test_what_the_challenges_moves_ask(database: Database, at: Scene) -> None:
    assert _missing(database, at) == {"opened", "at_least_one_eligible"}
    reference = _opened(database, at)
    one = {"eligibility_decided", "at_least_one_eligible", "only_one_explained", "nothing_opened_yet"}
    assert _missing(database, at) == one
    with database.writing() as session:
        actor = acting(session, at.officers[0])
        response = queries.opened(session, actor, reference)
        assert response is not None
        services.decide_eligibility(session, actor, response, eligible=True)
        services.note_outreach(session, actor, challenge_of(session, at), asked_of(session, at), "Forty firms asked.")
    assert _missing(database, at) == {"nothing_opened_yet"}


def test_nobody_is_left_out_unheard_and_a_mistake_can_be_mended(database: Database, at: Scene) -> None:
    reference = _opened(database, at)
    with database.writing() as session:
        actor = acting(session, at.officers[0])
        response = queries.opened(session, actor, reference)
        assert response is not None
        with pytest.raises(MoveRefused, match="has been heard"):
            services.decide_eligibility(session, actor, response, eligible=False, reason="Not what was asked")
    hear(database, at, reference)
    with database.writing() as session:
        actor = acting(session, at.officers[0])
        response = queries.opened(session, actor, reference)
        assert response is not None
        decided = services.decide_eligibility(session, actor, response, eligible=False, reason="Not what was asked")
        assert response.state == "ineligible"
        assert (decided.firm_asked, decided.firm_said) == ("Whether it is", "It is not")
    with database.writing() as session:
        actor = acting(session, at.officers[1])
        response = queries.opened(session, actor, reference)
        assert response is not None
        services.decide_eligibility(session, actor, response, eligible=True)
        assert response.state == "opened"
        with pytest.raises(NotAllowed):
            services.decide_eligibility(session, acting(session, at.owner), response, eligible=True)


def test_the_firm_learns_what_was_decided_with_everybody(database: Database, at: Scene) -> None:
    reference = _opened(database, at)
    hear(database, at, reference)
    with database.writing() as session:
        from portal.db import guard_state

        actor = acting(session, at.officers[0])
        response = queries.opened(session, actor, reference)
        assert response is not None
        services.decide_eligibility(session, actor, response, eligible=False, reason="r")
        with guard_state():
            response.challenge.state = "assessment"
        assert queries.shown_to_the_firm(response).title == "Being assessed"
        with guard_state():
            response.challenge.state = "support"
        assert queries.shown_to_the_firm(response).title == "Not eligible"


def test_a_change_of_the_brief_is_told_under_the_seal(database: Database, at: Scene) -> None:
    answered(database, at)
    with database.writing() as session:
        firm = next(iter(acting(session, at.stranger).ids(Permission.RESPONSE_WRITE)))
    started(database, at, person=at.stranger, firm=firm)
    with database.writing() as session:
        actor = acting(session, at.officers[0])
        situation = Situation(session, challenge_of(session, at), actor, portal_clock.now())
        effects.ask_to_reconfirm(situation)
        effects.tell_everyone(KIND, "responses.extended")(situation)
        assert session.scalar(select(func.count(Response.id))) == 0, "the officer sees nothing by it"
    with database.reading() as session:
        told = {(each.kind, each.to_person_id) for each in session.scalars(select(OutboxMessage))}
    firm_people = (at.member, at.colleague)
    assert told == {
        ("responses.submitted", at.member),
        *(("responses.reconfirm", each) for each in firm_people),
        ("responses.brief_changed", at.stranger),
        *(("responses.extended", each) for each in (*firm_people, at.stranger)),
    }


def test_the_number_of_statements_does_not_grow_with_the_responses(database: Database, at: Scene) -> None:
    """Sixty responses take as many statements to open's list as one."""
    from sqlalchemy import event

    def statements() -> int:
        seen: list[str] = []
        count = lambda _c, _cur, statement, *_: seen.append(statement)  # noqa: E731
        engine = database.reading_engine
        target = database.engine if database.dialect == "postgresql" else engine
        event.listen(target, "before_cursor_execute", count)
        try:
            with database.reading() as session:
                found = queries.opened_responses(session, challenge_of(session, at), KIND)
                queries.latest_snapshots(session, found)
                queries.eligibility_of(session, found)
                assert all(each.organisation.name for each in found)
        finally:
            event.remove(target, "before_cursor_execute", count)
        return len(seen)

    _opened(database, at)
    few = statements()
    with database.writing() as session:
        for _ in range(30):
            make.response(session, challenge_of(session, at), state="opened")
    assert statements() == few


def test_a_canary_is_found_by_nobody_but_its_firm(database: Database, at: Scene) -> None:
    reference = answered(database, at)
    for person in (*at.officers, at.owner, at.stranger):
        with database.reading() as session:
            actor = acting(session, person)
            assert queries.for_reader(session, actor, reference) is None
            assert queries.mine(session, actor) == []
            assert (
                session.scalar(select(func.count(ResponseSection.id)).where(ResponseSection.text.contains(WORD))) == 0
            )
    with database.reading() as session:
        assert queries.for_reader(session, acting(session, at.colleague), reference) is not None
    submitted(database, at, reference, once_key="more")
