"""A contract changes: proposed by one person, decided by another, noticed where the law asks, then in force."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.identity import actor_of
from portal.db import Database, clock
from portal.law.modifications import ModificationGround
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.notices.models import Moment
from portal.organisations.models import Organisation
from portal.partnerships.models import ContractChange
from portal.partnerships.plans import ChangePlan
from portal.partnerships.services import changes as changing
from portal.policy import Actor, Role
from tests.integration.partnering.test_publishing import latest
from tests.support import make
from tests.support.awarded import ABOVE, MONDAY
from tests.support.mailed import letters
from tests.support.partnered import Partners, in_boxes, partners
from tests.support.visit import Visit, said

PUBLIC: dict[str, Any] = {"kind": ReleaseKind.FIRST_ROUND, "value": ABOVE}
LAST = date(2027, 6, 23)


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, firms=2, **PUBLIC)


def second_officer(session: Any, made: Partners) -> Actor:
    lead = session.get_one(Organisation, made.award.challenge(session).lead_id)
    return actor_of(session, make.person_as(session, Role.PROCUREMENT_OFFICER, lead))


def plan(payment: int = 2_000_000, last: date = LAST, **fields: Any) -> ChangePlan:
    known: dict[str, Any] = {
        "title": "A second depot",
        "why": "The first was flooded.",
        "phases": {2: (last, payment)},
        "scope_changes": False,
        "favours_firm": False,
        "ground": ModificationGround.NOT_SUBSTANTIAL,
        "ground_reason": "Within a tenth.",
    }
    return ChangePlan(**(known | fields))


def agreed(session: Any, made: Partners, wanted: ChangePlan) -> ContractChange:
    change = changing.propose(session, made.officer(session), made.contract(session), wanted)
    changing.decide(
        session, second_officer(session, made), change, agreed=True, reason="Needed.", version=change.version
    )
    return change


def test_a_small_change_needs_no_notice_and_counts_from_its_own_move(
    app: Flask, database: Database, made: Partners
) -> None:
    with database.writing() as session:
        contract = made.contract(session)
        change = agreed(session, made, plan(2_400_000))
        assert (change.rules_apply, change.notice_due, change.substantial) == (True, False, False)
        assert contract.value_pence == 4_000_000
        changing.take_effect(session, made.officer(session), change)
        session.refresh(contract)
        assert (contract.value_pence, contract.phases[1].payment_pence) == (4_400_000, 2_400_000)
        assert [each.payment_pence for each in made.contract(session, 1).phases] == [2_000_000, 2_000_000]
    assert len(letters(app, "partnerships.change_in_force")) == 1
    [amendment] = latest(database)["contracts"][0]["amendments"]
    assert amendment["description"] == "Value £40,000 to £44,000; last day 2027-06-23 to 2027-06-23."
    assert "flooded" not in str(latest(database))


def test_nobody_decides_on_their_own_change(database: Database, made: Partners) -> None:
    with database.writing() as session:
        officer = made.officer(session)
        change = changing.propose(session, officer, made.contract(session), plan(2_100_000))
        with pytest.raises(NotAllowed, match="they proposed"):
            changing.decide(session, officer, change, agreed=True, reason="Mine.", version=change.version)


def test_what_the_challenge_owner_proposes_the_officer_decides(app: Flask, database: Database, made: Partners) -> None:
    with database.writing() as session:
        change = changing.propose(session, made.owner(session), made.contract(session), plan(2_100_000))
        changing.decide(session, made.officer(session), change, agreed=False, reason="Not now.", version=change.version)
        assert (change.state, change.decision_reason) == ("refused", "Not now.")
    assert [each.path for each in letters(app, "partnerships.change_proposed")] == [f"/changes/{change.reference}"]
    assert letters(app, "partnerships.change_agreed") == []


def test_a_larger_change_waits_for_its_notice_and_the_standstill_that_was_chosen(
    app: Flask, database: Database, made: Partners
) -> None:
    with database.writing() as session:
        change = agreed(session, made, plan(2_500_000, waits=True))
        with pytest.raises(MoveRefused, match="notice is published"):
            changing.take_effect(session, made.officer(session), change)
        assert made.award.duty(session, NoticeKind.UK10, Moment.CHANGE).firm
        made.award.publish(session, NoticeKind.UK10, Moment.CHANGE)
        assert change.notice_published_at == MONDAY
        with clock.stopped_at(MONDAY + timedelta(days=10)), pytest.raises(MoveRefused, match="standstill is over"):
            changing.take_effect(session, made.officer(session), change)
        with clock.stopped_at(MONDAY + timedelta(days=11)):
            changing.take_effect(session, made.officer(session), change)
        assert made.award.duty(session, NoticeKind.UK10, Moment.CHANGE).met
    notices = [each["noticeType"] for each in latest(database)["contracts"][0]["documents"]]
    assert notices == ["UK10"]
    assert "documents" not in latest(database)["contracts"][1]


def test_a_substantial_change_needs_a_ground_of_the_schedule(database: Database, made: Partners) -> None:
    with database.writing() as session:
        with pytest.raises(MoveRefused, match="ground"):
            agreed(session, made, plan(2_000_000, LAST + timedelta(days=60)))
        with pytest.raises(MoveRefused, match="ground"):
            agreed(session, made, plan(2_100_000, ground=ModificationGround.OUTSIDE))
        change = agreed(session, made, plan(scope_changes=True, ground=ModificationGround.UNFORESEEABLE))
        assert (change.substantial, change.notice_due) == (True, False)


def test_below_the_threshold_the_contract_itself_says_what_may_change(database: Database) -> None:
    with database.writing() as session:
        made = partners(session)
        change = agreed(session, made, plan(9_000_000, ground=ModificationGround.OUTSIDE, ground_reason=""))
        assert (change.rules_apply, change.notice_due) == (False, False)


def test_what_is_decided_or_the_same_changes_nothing(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, officer = made.contract(session), made.officer(session)
        for wanted, words in (
            (plan(), "Nothing would change"),
            (plan(1, date(2027, 1, 1)), "before it begins"),
        ):
            with pytest.raises(NotNow, match=words):
                changing.propose(session, officer, contract, wanted)


def test_the_pages_from_a_proposal_to_force(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        second = second_officer(session, made).person_id
    assert second is not None
    officer, decider, firm = visit(made.award.officer_id), visit(second), visit(made.award.people[0])
    page = f"/partnerships/{made.references[0]}/changes"
    sent = {"title": "More time", "why": "Snow.", "scope": "no", "favours": "no", "ground": "not_substantial"}
    sent |= {"ground_reason": "A few days.", "waits": "no", "pays_1": "20,000", "pays_2": "20,000"}
    sent |= in_boxes("ends_1", date(2027, 3, 25)) | in_boxes("ends_2", date(2027, 6, 30))
    refused = officer.post(f"{page}/new", data=sent | {"ground_reason": "", "ends_1-year": "2026"})
    assert refused.status_code == 422
    assert "Say why this ground holds." in refused.text
    assert "cannot end before it begins" in refused.text
    path = officer.post(f"{page}/new", data=sent).headers["Location"]
    assert "never decides on a change they proposed" in said(officer, path)
    assert firm.get(path).status_code == 404
    assert "as it was signed" in said(firm, page)
    with database.reading() as session:
        version = str(session.scalars(select(ContractChange.version)).one())
    assert decider.post(f"{path}/decide", data={}).status_code == 422
    decided = {"decision": "agree", "reason": "Snow it was.", "version": version}
    assert decider.post(f"{path}/decide", data=decided).status_code == 302
    assert officer.post(f"{path}/take-effect").status_code == 302
    assert "30 June 2027" in said(firm, path)
    assert "23 June 2027 to 30 June 2027" in said(firm, page)
    assert "Snow it was" not in said(firm, path)
    assert visit(made.award.people[1]).get(path).status_code == 404


def test_a_change_refused_for_want_of_its_notice_leads_to_the_notices_of_the_challenge(
    database: Database, made: Partners, visit: Visit
) -> None:
    with database.writing() as session:
        path = f"/changes/{agreed(session, made, plan(2_500_000)).reference}/take-effect"
    officer = visit(made.award.officer_id)
    refused = officer.post(path)
    assert refused.status_code == 409
    link = re.search(r'href="([^"]+)">The contract change notice is published', refused.text)
    assert link is not None
    assert officer.get(link[1]).status_code == 200
