"""A change can add a phase and alter the purchase option, each with the notice that the law asks for."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.db import Database
from portal.law.modifications import ModificationGround, OptionTerms
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotNow
from portal.notices.models import Moment
from portal.partnerships import services as partnering
from portal.partnerships.plans import PhasePlan
from portal.partnerships.services import changes as changing
from tests.integration.partnering.test_changes import LAST, agreed, plan, second_officer
from tests.integration.partnering.test_publishing import latest
from tests.support.awarded import ABOVE
from tests.support.partnered import Partners, in_boxes, partners
from tests.support.visit import Visit, said

LEVEL, MOST, UNTIL = "Nine in ten alerts within five minutes.", 9_000_000, date(2027, 12, 31)
NEW = PhasePlan("A winter trial", date(2027, 7, 1), date(2027, 7, 9), 300_000, (("It works at -5 °C.", "A trial."),))


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, firms=2, option=True, kind=ReleaseKind.FIRST_ROUND, value=ABOVE)


def alone(**fields: Any) -> Any:
    known: dict[str, Any] = {"phases": {}, "ground": ModificationGround.PROVIDED_FOR}
    return plan(**(known | fields))


def test_a_small_phase_is_added_when_the_change_takes_effect(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, officer = made.contract(session), made.officer(session)
        change = agreed(session, made, alone(added=NEW))
        assert (change.value_after, change.ends_after, change.notice_due) == (4_300_000, NEW.ends_on, False)
        assert len(contract.phases) == 2
        changing.take_effect(session, officer, change)
        session.expire_all()
        new = contract.phases[2]
        assert (new.number, new.title, new.state, new.payment_pence) == (3, "A winter trial", "planned", 300_000)
        assert [(each.text, each.measure) for each in new.targets] == [("It works at -5 °C.", "A trial.")]
        assert contract.value_pence == 4_300_000
        assert len(made.contract(session, 1).phases) == 2
    [amendment] = latest(database)["contracts"][0]["amendments"]
    assert amendment["description"].endswith("A phase is added: A winter trial.")


def test_a_phase_that_makes_it_longer_or_dearer_by_more_than_a_tenth_waits_for_its_notice(
    database: Database, made: Partners
) -> None:
    with database.writing() as session:
        large = PhasePlan(NEW.title, NEW.starts_on, date(2027, 12, 1), 900_000, NEW.targets)
        change = agreed(session, made, alone(added=large))
        with pytest.raises(MoveRefused, match="notice is published"):
            changing.take_effect(session, made.officer(session), change)
        duty = made.award.duty(session, NoticeKind.UK10, Moment.CHANGE)
        assert duty.number == change.number
        made.award.publish(session, NoticeKind.UK10, Moment.CHANGE)
        changing.take_effect(session, made.officer(session), change)
        assert len(made.contract(session).phases) == 3


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (PhasePlan("Early", LAST, LAST + timedelta(days=9), 1, NEW.targets), "after the last one has ended"),
        (PhasePlan("Backwards", NEW.ends_on, NEW.starts_on, 1, NEW.targets), "before it begins"),
        (PhasePlan("Aimless", NEW.starts_on, NEW.ends_on, 1, ()), "at least one target"),
    ],
)
def test_a_phase_that_does_not_follow_is_refused(
    database: Database, made: Partners, added: PhasePlan, words: str
) -> None:
    with database.writing() as session, pytest.raises(NotNow, match=words):
        changing.propose(session, made.officer(session), made.contract(session), alone(added=added))


@pytest.mark.parametrize(
    ("option", "noticed"),
    [
        (OptionTerms(LEVEL, 9_900_000, UNTIL), False),
        (OptionTerms(LEVEL, 9_900_001, UNTIL), True),
        (OptionTerms(LEVEL, MOST, UNTIL + timedelta(days=1)), True),
        (OptionTerms("Eight in ten.", MOST, UNTIL), True),
    ],
)
def test_the_option_is_altered_after_its_notice_where_one_is_due(
    database: Database, made: Partners, option: OptionTerms, noticed: bool
) -> None:
    with database.writing() as session:
        contract = made.contract(session)
        change = agreed(session, made, alone(option=option))
        assert (change.notice_due, contract.option) == (noticed, OptionTerms(LEVEL, MOST, UNTIL))
        if noticed:
            with pytest.raises(MoveRefused, match="notice is published"):
                changing.take_effect(session, made.officer(session), change)
            made.award.publish(session, NoticeKind.UK10, Moment.CHANGE)
        changing.take_effect(session, made.officer(session), change)
        assert contract.option == option
        assert contract.value_pence == 4_000_000
        assert made.contract(session, 1).option == OptionTerms(LEVEL, MOST, UNTIL)


def test_small_changes_of_the_option_are_counted_together(database: Database, made: Partners) -> None:
    with database.writing() as session:
        first = agreed(session, made, alone(option=OptionTerms(LEVEL, 9_600_000, UNTIL)))
        changing.take_effect(session, made.officer(session), first)
        assert agreed(session, made, alone(option=OptionTerms(LEVEL, 10_200_000, UNTIL))).notice_due


def test_no_option_is_made_by_a_change_and_none_is_altered_once_decided(database: Database, made: Partners) -> None:
    with database.writing() as session:
        plain = partners(session)
        wanted = alone(option=OptionTerms("Any.", 1, UNTIL), ground=ModificationGround.OUTSIDE)
        with pytest.raises(NotNow, match="would need a new procurement"):
            changing.propose(session, plain.officer(session), plain.contract(session), wanted)
        with pytest.raises(NotNow, match="still to come"):
            late = alone(option=OptionTerms(LEVEL, MOST, date(2026, 1, 1)))
            changing.propose(session, made.officer(session), made.contract(session), late)
        change = agreed(session, made, alone(option=OptionTerms(LEVEL, MOST - 1, UNTIL)))
        for actor in (made.owner(session), made.officer(session)):
            partnering.end_work(session, actor, made.contract(session), "It cannot go on.")
        with pytest.raises(MoveRefused, match="still to be decided"):
            changing.take_effect(session, made.officer(session), change)


def test_the_form_offers_both_and_keeps_what_was_typed(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        assert second_officer(session, made).person_id
    officer, page = visit(made.award.officer_id), f"/partnerships/{made.references[0]}/changes"
    assert LEVEL in said(officer, f"{page}/new")
    sent = {"title": "A winter trial", "why": "Frost.", "scope": "no", "favours": "no", "ground": "provided_for"}
    sent |= {"ground_reason": "Clause 9.", "waits": "no", "pays_1": "20,000", "pays_2": "20,000", "adds": "yes"}
    sent |= in_boxes("ends_1", date(2027, 3, 25)) | in_boxes("ends_2", LAST)
    sent |= {"option_level": LEVEL, "option_maximum": "95,000"} | in_boxes("option_expires_on", UNTIL)
    refused = officer.post(f"{page}/new", data=sent | {"added_title": "Frost and ice"})
    assert refused.status_code == 422
    for words in ("Frost and ice", "first day of the new phase", "what the new phase pays", "at least one target"):
        assert words in refused.text
    unmeant = officer.post(f"{page}/new", data=sent | {"added_title": "Frost and ice", "adds": "no"})
    assert "to add this phase, or leave it empty." in unmeant.text
    sent |= {"added_title": "Frost and ice", "added_payment": "3,000", "added_targets-0-text": "It starts."}
    sent |= {"added_targets-0-measure": "At -5."} | in_boxes("added_starts_on", NEW.starts_on)
    answer = officer.post(f"{page}/new", data=sent | in_boxes("added_ends_on", NEW.ends_on))
    assert answer.status_code == 302
    text = said(officer, answer.headers["Location"])
    for words in ("A new phase: Frost and ice", "£3,000, 1 July 2027 to 9 July 2027", "£95,000", "Not due", "At -5."):
        assert words in text
