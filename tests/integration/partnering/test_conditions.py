"""A phase passes with conditions: two people agree on them, and the next phase waits until they are met."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.db import Database
from portal.machine import MoveRefused, NotNow
from portal.partnerships import services as partnering
from portal.partnerships.models import Phase
from portal.partnerships.services.benefits import write_lessons
from tests.support.mailed import letters
from tests.support.partnered import Partners, partners
from tests.support.visit import Visit, said

CONDITIONAL, CONDITIONS = "pass_with_conditions", "Repeat the trial in frost."


@pytest.fixture
def made(database: Database) -> Partners:
    """The first phase of the first partner waits at its gate."""
    with database.writing() as session:
        made = partners(session, firms=2)
        phase = made.contract(session).phases[0]
        partnering.start_phase(session, made.owner(session), phase)
        partnering.deliver(session, made.owner(session), phase, "It works in summer.")
        return made


def passed(session: Session, made: Partners) -> Phase:
    phase = made.contract(session).phases[0]
    for actor in (made.owner(session), made.officer(session)):
        partnering.review(session, actor, phase, CONDITIONAL, "Nearly.", {1: True}, conditions=CONDITIONS)
    return phase


def test_the_next_phase_and_the_close_wait_for_the_conditions(app: Flask, database: Database, made: Partners) -> None:
    with database.writing() as session:
        phase, owner, officer = passed(session, made), made.owner(session), made.officer(session)
        assert (phase.state, phase.gate_conditions, phase.conditions_open) == ("passed", CONDITIONS, True)
        with pytest.raises(MoveRefused, match="conditions of every earlier gate"):
            partnering.start_phase(session, owner, phase.partnership.phases[1])
        write_lessons(session, owner, phase.partnership, "Plan for frost.")
        with pytest.raises(MoveRefused, match="conditions with which phases passed"):
            partnering.close(session, officer, phase.partnership)
        partnering.meet_conditions(session, owner, phase, "A week at -4 degrees.")
        with pytest.raises(NotNow, match="No condition"):
            partnering.meet_conditions(session, owner, phase, "Again.")
        partnering.start_phase(session, owner, phase.partnership.phases[1])
    assert len(letters(app, "partnerships.conditions_met")) == 1


def test_both_people_pass_it_with_the_same_conditions(database: Database, made: Partners) -> None:
    with database.writing() as session:
        phase, owner, officer = made.contract(session).phases[0], made.owner(session), made.officer(session)
        with pytest.raises(MoveRefused, match="conditions are written down"):
            partnering.review(session, owner, phase, CONDITIONAL, "Nearly.", {1: True})
        for actor, conditions in ((owner, CONDITIONS), (officer, "In rain too.")):
            told = {"conditions": conditions}
            assert not partnering.review(session, actor, phase, CONDITIONAL, "Nearly.", {1: True}, **told)
        assert not partnering.review(session, owner, phase, "pass", "Good.", {1: True})
        assert partnering.review(session, officer, phase, "pass", "Good.", {1: True})
        assert (phase.gate_conditions, phase.conditions_open) == ("", False)


def test_the_pages_from_the_gate_to_the_next_phase(database: Database, made: Partners, visit: Visit) -> None:
    owner, officer, firm = (visit(each) for each in (made.award.owner_id, made.award.officer_id, made.award.people[0]))
    page = f"/partnerships/{made.references[0]}"
    decided = {"target_1": "yes", "decision": CONDITIONAL, "reason": "Nearly.", "conditions": CONDITIONS}
    for wrong in ({"conditions": ""}, {"decision": "pass"}):
        assert owner.post(f"{page}/phases/1/gate", data=decided | wrong).status_code == 422
    for each in (owner, officer):
        assert CONDITIONS in said(officer, f"{page}/phases/1/gate") or each is owner
        assert each.post(f"{page}/phases/1/gate", data=decided).status_code == 302
    assert "Conditions open" in said(firm, page)
    assert owner.post(f"{page}/phases/2/start").status_code == 409
    assert CONDITIONS in said(owner, f"{page}/phases/1/conditions")
    assert owner.post(f"{page}/phases/1/conditions", data={}).status_code == 422
    assert firm.post(f"{page}/phases/1/conditions", data={"how": "We say so."}).status_code == 404
    assert owner.post(f"{page}/phases/1/conditions", data={"how": "A week at -4 degrees."}).status_code == 302
    assert "A week at -4 degrees." in said(firm, page)
    assert owner.post(f"{page}/phases/2/start").status_code == 302
