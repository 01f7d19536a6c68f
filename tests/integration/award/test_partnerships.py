"""From a contract to its close: phases and gates, two people, the purchase option, and the end of a partner's work."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.db import Conflict, Database, clock
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow, unmet
from portal.organisations.models import Organisation
from portal.outbox import OutboxMessage
from portal.partnerships import requirements as contracted
from portal.partnerships import services as partnering
from portal.partnerships.models import Partnership
from portal.partnerships.plans import PhasePlan, Terms
from portal.partnerships.services.benefits import write_lessons
from portal.policy import Role
from portal.responses.models import Response
from tests.support import make
from tests.support.awarded import Award, award

SIGNED = date(2026, 11, 23)


def missing(at: Any, requirement: Any) -> tuple[str, ...]:
    found = unmet((requirement,), at)
    return found[0].details if found else ()


def at_work(session: Any, *, option: bool = False, **fields: Any) -> tuple[Award, Partnership]:
    made = award(session, ReleaseKind.BELOW_THRESHOLD, 5_000_000, **fields)
    contract = made.contract(session, option=option)
    made.activate(session)
    partnering.sign(session, made.officer(session), contract, SIGNED)
    return made, contract


def walk(session: Any, made: Award, contract: Partnership, *decisions: str) -> None:
    """Take phases to their gates, one decision after the other."""
    owner, officer = made.owner(session), made.officer(session)
    for phase, decision in zip(list(contract.phases), decisions, strict=False):
        partnering.start_phase(session, owner, phase)
        partnering.deliver(session, owner, phase, "Shown at the depot.")
        met = {each.number: decision == "pass" for each in phase.targets}
        assert partnering.review(session, owner, phase, decision, "Seen by us both.", met) is False
        assert partnering.review(session, officer, phase, decision, "Seen by us both.", met) is True


def test_every_chosen_firm_needs_its_own_contract(database: Database) -> None:
    with database.writing() as session:
        made = award(session, firms=3, chosen=2)
        assert len(missing(made.at(session), contracted.a_contract_per_partner)) == 2
        made.contract(session, 0)
        other = session.get_one(Response, made.responses[1]).organisation_id
        name = session.get_one(Organisation, other).name
        assert missing(made.at(session), contracted.a_contract_per_partner) == (name,)
        made.contract(session, 1)
        assert missing(made.at(session), contracted.a_contract_per_partner) == ()


def test_nobody_chosen_is_missing_too(database: Database) -> None:
    with database.writing() as session:
        made = award(session, chosen=0)
        assert missing(made.at(session), contracted.a_contract_per_partner) == ("No firm is chosen.",)


def test_what_terms_and_phases_lack_is_said_one_by_one(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        officer, challenge = made.officer(session), made.challenge(session)
        response = session.get_one(Response, made.responses[0])
        terms = Terms("C-1", 100, "", "", option_offered=True)
        contract = partnering.prepare(session, officer, challenge, response, terms)
        assert len(missing(made.at(session), contracted.terms_complete)) == 3
        assert missing(made.at(session), contracted.phases_complete)[0].endswith("there are no phases yet")
        plan = PhasePlan("Pilot", date(2027, 1, 4), date(2027, 3, 1), 90, ())
        partnering.add_phase(session, officer, contract, plan)
        said = missing(made.at(session), contracted.phases_complete)
        assert said[0].endswith("phase 1 has no target")
        assert said[1].endswith("the payments add up to £0.90, the contract to £1")


@pytest.mark.parametrize(
    ("kind", "announced", "lawful"),
    [
        (ReleaseKind.FIRST_ROUND, True, True),
        (ReleaseKind.FIRST_ROUND, False, False),
        (ReleaseKind.EXEMPT, True, False),
        (ReleaseKind.PROTOTYPE, False, False),
    ],
)
def test_a_purchase_option_only_where_it_was_announced(
    database: Database, kind: ReleaseKind, announced: bool, lawful: bool
) -> None:
    with database.writing() as session:
        made = award(session, kind, purchase_announced=announced)
        made.contract(session, option=True)
        assert (missing(made.at(session), contracted.purchase_option_lawful) == ()) is lawful


def test_a_stale_contract_form_is_noticed(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        contract = made.contract(session)
        response = session.get_one(Response, made.responses[0])
        terms = Terms("C-2", 100, "", "")
        with pytest.raises(Conflict):
            partnering.prepare(
                session, made.officer(session), made.challenge(session), response, terms, contract.version - 1
            )


def test_activating_begins_the_partnerships_of_the_chosen_and_sets_the_others_aside(database: Database) -> None:
    with database.writing() as session:
        made = award(session, firms=2, chosen=2)
        kept, dropped = made.contract(session, 0), made.contract(session, 1)
        _fell_out(session, made.responses[1])
        assert missing(made.at(session), contracted.a_contract_per_partner) == ()
        made.activate(session)
        assert (kept.state, dropped.state) == ("mobilising", "set_aside")
        assert session.get_one(Response, made.responses[0]).state == "partner"
        told = session.scalars(
            select(OutboxMessage.to_person_id).where(OutboxMessage.kind == "partnerships.begun")
        ).all()
        assert told == [made.people[0]]


def _fell_out(session: Any, response_id: int) -> None:
    from portal.db import guard_state

    with guard_state():
        session.get_one(Response, response_id).state = "not_chosen"
    session.flush()


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
def test_a_contract_is_signed_from_activation_on_and_not_in_the_future(database: Database, day: date) -> None:
    with database.writing() as session:
        made = award(session)
        contract = made.contract(session)
        made.activate(session)
        with pytest.raises(NotNow):
            partnering.sign(session, made.officer(session), contract, day)


def test_phases_follow_one_another_through_their_gates_to_the_close(database: Database) -> None:
    with database.writing() as session:
        made, contract = at_work(session)
        with pytest.raises(MoveRefused, match="earlier phase"):
            partnering.start_phase(session, made.owner(session), contract.phases[1])
        with pytest.raises(MoveRefused, match="come to its end"):
            partnering.close(session, made.officer(session), contract)
        walk(session, made, contract, "pass", "pass")
        assert [each.state for each in contract.phases] == ["passed", "passed"]
        write_lessons(session, made.owner(session), contract, "Begin the trials in summer.")
        partnering.close(session, made.officer(session), contract)
        assert contract.state == "closed"


def test_no_phase_starts_before_the_contract_is_signed(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        contract = made.contract(session)
        made.activate(session)
        with pytest.raises(MoveRefused, match="signed"):
            partnering.start_phase(session, made.owner(session), contract.phases[0])


def test_nobody_decides_at_a_gate_alone(database: Database) -> None:
    with database.writing() as session:
        made, contract = at_work(session)
        body = session.get_one(Organisation, made.challenge(session).lead_id)
        make.grant(session, session.get_one(Person, made.owner_id), Role.PROCUREMENT_OFFICER, body)
        both, officer, phase = made.owner(session), made.officer(session), contract.phases[0]
        partnering.start_phase(session, both, phase)
        partnering.deliver(session, both, phase, "Shown at the depot.")
        for _ in range(2):
            assert partnering.review(session, both, phase, "pass", "Good.", {1: True}) is False
            assert phase.state == "delivered"
        assert partnering.review(session, officer, phase, "pass", "Good.", {1: True}) is True


def test_two_officers_are_not_owner_and_officer(database: Database) -> None:
    with database.writing() as session:
        made, contract = at_work(session)
        body = session.get_one(Organisation, made.challenge(session).lead_id)
        phase = contract.phases[0]
        partnering.start_phase(session, made.owner(session), phase)
        partnering.deliver(session, made.owner(session), phase, "Shown at the depot.")
        partnering.review(session, made.officer(session), phase, "pass", "Good.", {1: True})
        another = actor_of(session, make.person_as(session, Role.PROCUREMENT_OFFICER, body))
        with pytest.raises(MoveRefused, match="different parts"):
            partnering.review(session, another, phase, "pass", "Good.", {1: True})


def test_judging_a_target_otherwise_begins_the_review_again(database: Database) -> None:
    with database.writing() as session:
        made, contract = at_work(session)
        owner, officer, phase = made.owner(session), made.officer(session), contract.phases[0]
        partnering.start_phase(session, owner, phase)
        partnering.deliver(session, owner, phase, "Shown at the depot.")
        assert partnering.review(session, owner, phase, "pass", "Good.", {1: True}) is False
        assert partnering.review(session, officer, phase, "pass", "Good.", {1: False}) is False
        assert phase.state == "delivered"
        assert partnering.review(session, owner, phase, "pass", "Good enough.", {1: False}) is True


def test_a_failed_gate_starts_nothing_more(database: Database) -> None:
    with database.writing() as session:
        made, contract = at_work(session)
        walk(session, made, contract, "fail")
        with pytest.raises(MoveRefused):
            partnering.start_phase(session, made.owner(session), contract.phases[1])
        assert partnering.end_work(session, made.owner(session), contract, "Its gate was not passed.") is False
        with pytest.raises(MoveRefused, match="You agreed"):
            _alone(session, made, contract)
        assert partnering.end_work(session, made.officer(session), contract, "Its gate was not passed.") is True
        assert contract.state == "ended"
        assert [each.state for each in contract.phases] == ["failed", "stopped"]


def _alone(session: Any, made: Award, contract: Partnership) -> None:
    from portal.workflow import fire

    fire(session, made.owner(session), contract, "end_work", reason="I say so.")


def test_ending_one_partner_leaves_the_other_at_work(database: Database) -> None:
    with database.writing() as session:
        made = award(session, firms=2, chosen=2)
        first, second = made.contract(session, 0), made.contract(session, 1)
        made.activate(session)
        for each in (first, second):
            partnering.sign(session, made.officer(session), each, SIGNED)
        partnering.end_work(session, made.owner(session), first, "Stopped trading.")
        partnering.end_work(session, made.officer(session), first, "Stopped trading.")
        assert (first.state, second.state) == ("ended", "active")
        assert {each.state for each in second.phases} == {"planned"}


@pytest.mark.parametrize(
    ("met", "final", "on", "taken"),
    [
        (True, 9_000_000, datetime(2027, 12, 31, 23, 59, tzinfo=UTC), True),
        (False, 9_000_000, datetime(2027, 12, 1, tzinfo=UTC), False),
        (True, 9_000_001, datetime(2027, 12, 1, tzinfo=UTC), False),
        (True, 9_000_000, datetime(2028, 1, 1, 0, 0, tzinfo=UTC), False),
    ],
)
def test_the_option_is_taken_at_its_level_within_its_cost_and_in_time(
    database: Database, met: bool, final: int, on: datetime, taken: bool
) -> None:
    with database.writing() as session:
        made, contract = at_work(session, option=True, purchase_announced=True)
        walk(session, made, contract, "pass", "pass")
        with clock.stopped_at(on):
            officer, owner = made.officer(session), made.owner(session)
            partnering.measure(session, officer, contract, "Alerts in 4 minutes.", met, final)
            if not taken:
                with pytest.raises(MoveRefused):
                    partnering.take_option(session, owner, contract, "Worth it.")
                partnering.leave_option(session, officer, contract, "Not on these terms.")
            else:
                with pytest.raises(MoveRefused, match="option is decided"):
                    partnering.close(session, officer, contract)
                assert partnering.take_option(session, owner, contract, "Worth it.") is False
                assert partnering.take_option(session, officer, contract, "Worth it.") is True
            assert contract.state == ("option_taken" if taken else "option_not_taken")
            write_lessons(session, owner, contract, "Begin the trials in summer.")
            partnering.close(session, officer, contract)


def test_a_firm_runs_nothing(database: Database) -> None:
    with database.writing() as session:
        made, contract = at_work(session)
        firm = actor_of(session, session.get_one(Person, made.people[0]))
        with pytest.raises(NotAllowed):
            partnering.start_phase(session, firm, contract.phases[0])
