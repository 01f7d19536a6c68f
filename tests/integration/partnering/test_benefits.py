"""Benefits promised beside benefits seen, deployment, lessons, and the thread from a need to a measure."""

from datetime import date, timedelta

import pytest

from portal.business_cases import services as funding
from portal.business_cases.pathway import OptionKind
from portal.challenges.models import RoundKind, UserNeed
from portal.challenges.queries import round_of
from portal.db import Database, guard_state
from portal.machine import NotNow
from portal.organisations.models import Organisation
from portal.partnerships.plans import Seen
from portal.partnerships.services import benefits as services
from portal.partnerships.thread import origins_of, promised
from portal.policy import Role
from tests.support import make
from tests.support.partnered import SIGNED, Partners, in_boxes, partners, promised_skills
from tests.support.visit import Visit, said


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        made = partners(session, option=True)
        challenge = made.award.challenge(session)
        session.add(UserNeed(challenge_id=challenge.id, who="Riders", need="To know when the bus comes", evidence="A"))
        return made


def test_what_was_promised_stands_beside_what_was_seen(database: Database, made: Partners, visit: Visit) -> None:
    page = f"/partnerships/{made.references[0]}/benefits"
    officer = visit(made.award.officer_id)
    sent = {"what": "Fewer missed buses", "money": "1,250", "evidence": "Counted in March."}
    assert officer.post(page, data=sent | in_boxes("seen_on", SIGNED + timedelta(days=1))).status_code == 422
    assert officer.post(page, data=sent | in_boxes("seen_on", SIGNED)).status_code == 302
    shown = said(officer, page)
    assert "1 benefit, listed below" in shown
    assert "£1,250" in shown
    assert "No business case names one" in shown
    assert "£1,250" not in said(visit(made.award.people[0]), page)


def test_a_promise_is_read_from_the_case_and_never_copied(database: Database, made: Partners) -> None:
    with database.writing() as session:
        challenge, owner = made.award.challenge(session), made.owner(session)
        assert promised(session, challenge) is None
    with database.writing() as session:
        challenge, owner = made.award.challenge(session), made.owner(session)
        with guard_state():
            challenge.state = "business_case"
        session.flush()
        case = funding.begin(session, owner, challenge)
        money = {"one_off_pence": 1_000_000, "yearly_pence": 0, "benefit_pence": 300_000, "years": 3}
        option = funding.add_option(
            session, owner, case, name="Talking stops", kind=OptionKind.OTHER, brings="Buses wait.", **money
        )
        funding.prefer_option(session, owner, case, option)
        session.flush()
        promise = promised(session, challenge)
        assert promise is not None
        assert (promise.option, promise.brings, promise.money_pence, promise.years) == (
            "Talking stops",
            "Buses wait.",
            900_000,
            3,
        )
        assert [each.kind for each in origins_of(session, challenge).values()] == [
            "User need",
            "Criterion",
            "Criterion",
            "Benefit",
        ]


def test_a_measure_says_where_it_came_from(database: Database, made: Partners, visit: Visit) -> None:
    officer, page = visit(made.award.officer_id), f"/partnerships/{made.references[0]}/benefits"
    with database.reading() as session:
        contract = made.contract(session)
        targets = [target.id for phase in contract.phases for target in phase.targets]
        keys = list(origins_of(session, contract.challenge))
    chosen = {f"origin_{targets[0]}": keys[0], f"origin_{targets[1]}": ""}
    address = page.replace("/benefits", "/origins")
    assert officer.post(address, data=chosen | {f"origin_{targets[0]}": "need-0"}).status_code == 422
    assert officer.post(address, data=chosen).status_code == 302
    shown = said(officer, page)
    assert "from User need: Riders: To know when the bus comes" in shown
    assert "not said yet" in shown


def test_only_what_was_bought_is_deployed_and_lessons_are_kept(
    database: Database, made: Partners, visit: Visit
) -> None:
    with database.writing() as session:
        contract, officer = made.contract(session), made.officer(session)
        with pytest.raises(NotNow, match="was bought"):
            services.record_deployment(session, officer, contract, SIGNED, "Every depot.")
        with pytest.raises(NotNow, match="future"):
            services.see_benefit(session, officer, contract, Seen(date(2027, 1, 1), "A", "B"))
        services.write_lessons(session, officer, contract, "Ask the drivers first.")
    assert "Ask the drivers first." in said(
        visit(made.award.officer_id), f"/partnerships/{made.references[0]}/benefits"
    )


@pytest.fixture
def asked(database: Database, made: Partners) -> int:
    """The last criterion asked for skills, and the firm promised some; answers its id."""
    with database.writing() as session:
        return promised_skills(session, made)


def test_promised_social_value_stands_beside_what_was_seen(
    database: Database, made: Partners, asked: int, visit: Visit
) -> None:
    page, officer = f"/partnerships/{made.references[0]}/benefits", visit(made.award.officer_id)
    before = said(officer, page)
    assert "Two learn to repair." in before
    assert "Not yet" in before
    sent = {"what": "One repaired a unit alone", "outcome": str(asked), "evidence": "Their tutor watched."}
    sent |= in_boxes("seen_on", SIGNED)
    assert officer.post(page, data=sent | {"outcome": "999999"}).status_code == 422
    assert officer.post(page, data=sent).status_code == 302
    shown = said(officer, page)
    assert "1 time, last on 23 November 2026" in shown
    assert "Social value: Skills that stay" in shown
    with database.reading() as session:
        kinds = [each.kind for each in origins_of(session, made.award.challenge(session)).values()]
    assert kinds == ["User need", "Criterion", "Social value"]


def test_a_promise_is_read_only_by_those_who_may_open_the_answer(
    database: Database, made: Partners, asked: int, visit: Visit
) -> None:
    with database.writing() as session:
        lead = session.get_one(Organisation, made.award.challenge(session).lead_id)
        holder = make.person_as(session, Role.BUDGET_HOLDER, lead).id
    shown = said(visit(holder), f"/partnerships/{made.references[0]}/benefits")
    assert "Skills that stay" in shown
    assert "Two learn to repair." not in shown
    assert "Only those who may read responses see this" in shown


def test_nothing_is_seen_of_an_outcome_nobody_asked_for(database: Database, made: Partners) -> None:
    with database.writing() as session:
        found = round_of(session, made.award.challenge(session), RoundKind.CHALLENGE)
        assert found is not None
        seen = Seen(SIGNED, "A", "B", criterion_id=found.criteria[0].id)
        with pytest.raises(NotNow, match="did not ask"):
            services.see_benefit(session, made.officer(session), made.contract(session), seen)
