"""Reconsidering begins an award anew, and leaves the earlier one as it was."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import unmet
from portal.notices import requirements as noticed
from portal.notices import services as noticing
from portal.notices.duties import duties_of
from portal.notices.effects import begin_new_award
from portal.notices.models import ClaimOutcome, Moment
from portal.notices.queries import award_number, dispatches
from portal.organisations.models import Organisation
from portal.responses.models import Response
from tests.support.awarded import MONDAY, award
from tests.support.people import signed_in

LAW = (
    noticed.summaries_sent,
    noticed.notices_before_activation,
    noticed.standstill_over,
    noticed.no_claim_pending,
)
LATER = datetime(2026, 12, 7, 9, tzinfo=UTC)


def _firm(session: Session, response: int) -> str:
    return session.get_one(Organisation, session.get_one(Response, response).organisation_id).name


def test_everything_is_done_again_and_the_earlier_stays_to_be_seen(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        officer, challenge = made.officer(session), made.challenge(session)
        noticing.send_summaries(session, officer, challenge)
        made.publish(session, NoticeKind.UK6)
        claim = noticing.record_claim(session, officer, challenge, MONDAY, "Ash Data Ltd")
        noticing.close_claim(session, officer, challenge, claim, ClaimOutcome.SUCCEEDED)
        with clock.stopped_at(LATER):
            assert [each.name for each in unmet(LAW, made.at(session))] == ["no_claim_pending"]
            begin_new_award(made.at(session, reason="A claim succeeded."))
            assert award_number(session, challenge) == 2
            assert [each.name for each in unmet(LAW, made.at(session))] == [each.name for each in LAW[:3]]
            noticing.send_summaries(session, officer, challenge)
            made.publish(session, NoticeKind.UK6)
            assert [each.number for each in dispatches(session, challenge)] == [1, 2]
            shown = [
                (each.number, each.notice.published_at if each.notice else None)
                for each in duties_of(session, challenge)
                if each.moment is Moment.ACTIVATION
            ]
            assert shown == [(1, MONDAY), (2, LATER)]
            waits = unmet((noticed.standstill_over,), made.at(session))
            assert waits[0].details == ("The contract may be signed from 17 December 2026.",)


def test_where_several_are_chosen_the_one_that_falls_out_is_named(app: Flask, database: Database) -> None:
    with database.writing() as session:
        made = award(session, firms=4, chosen=2)
        officer, challenge = session.get_one(Person, made.officer_id), made.challenge(session)
        address = f"/challenges/{challenge.reference}/moves/reconsider"
        firms = [_firm(session, key) for key in made.responses]
    client = signed_in(app, officer)
    page = client.get(address).text
    assert page.count('type="radio"') == 2
    assert f"{firms[2]} is next in the ranking." in page
    for wrong in ("", "x", str(made.responses[3])):
        answer = client.post(address, data={"reason": "It withdrew.", "response_id": wrong})
        assert answer.status_code == 422
        assert "Say which of the chosen firms falls out." in answer.text
    said = {"reason": "It withdrew.", "response_id": str(made.responses[1])}
    assert client.post(address, data=said).status_code == 302
    with database.reading() as session:
        states = [session.get_one(Response, key).state for key in made.responses]
        assert states == ["chosen", "not_chosen", "chosen", "not_chosen"]
    assert f"{firms[1]} fell out, because: It withdrew." in client.get(f"/challenges/{challenge.reference}/award").text


def test_a_direct_award_to_another_firm_is_announced_again(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.PROTOTYPE)
        made.publish(session, NoticeKind.UK5)
        begin_new_award(made.at(session, reason="The firm withdrew."))
        details = unmet((noticed.notices_before_activation,), made.at(session))[0].details
        assert [each.rsplit(", ", 1)[1] for each in details] == ["UK5)", "UK6)"]
