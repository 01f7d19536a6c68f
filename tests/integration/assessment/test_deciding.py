"""From scores to answers: moderation, ranking, outcomes, and everybody told together."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment import messages, services
from portal.assessment.models import Decision, Moderation, Outcome
from portal.assessment.queries import Inside, opened_standing, outcome_for_firm, outcomes_of
from portal.assessment.ranking import hundredths
from portal.assessment.requirements import (
    outcomes_decided,
    ranking_respected,
    somebody_chosen,
    somebody_falls_out,
    somebody_is_next,
    spreads_moderated,
)
from portal.challenges.models import Deal, RoundKind, ScoringMethod
from portal.db import Conflict, Database, clock, guard_state
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow, Situation
from portal.outbox import OutboxMessage
from portal.policy import Actor
from portal.responses import seal
from portal.responses.models import Eligibility, Response
from portal.workflow import fire
from tests.support.assessed import CANARY, Scene, scene

KIND = RoundKind.CHALLENGE


def situation(made: Scene, session: Session, **given: object) -> Situation[Any]:
    challenge = made.inside(session).challenge
    return Situation(session, challenge, made.actor(session, made.officer), clock.now(), given)


def begun(made: Scene, session: Session) -> tuple[Actor, Inside]:
    return made.actor(session, made.officer), made.inside(session)


def with_deal(made: Scene, go_on: int) -> None:
    with made.database.writing() as session:
        session.add(Deal(challenge_id=made.inside(session).challenge.id, go_on_count=go_on))


def fill_in(made: Scene) -> None:
    with made.database.writing() as session:
        services.propose(session, *begun(made, session))


def decide(made: Scene, number: int, decision: Decision, *, departure: str = "", checked: bool = True) -> None:
    with made.database.writing() as session:
        officer, inside = begun(made, session)
        response = made.response(session, number)
        outcome = outcomes_of(session, inside.round)[response.id]
        said = services.Decided(decision, departure, "Thank you.", {}, checked)
        services.decide(session, officer, inside, response, said, version=outcome.version)


def select_firms(made: Scene, state: str = "support") -> None:
    with made.database.writing() as session:
        at = situation(made, session)
        services.send_outcomes(made.kind)(at)
        with guard_state():
            made.inside(session).challenge.state = state


@pytest.fixture
def opened(judged: Scene) -> Scene:
    judged.open_scores()
    return judged


@pytest.fixture
def apart(seated: Scene) -> Scene:
    """The panel lies three points apart on how well Birch Wheels fits the need."""
    for assessor, fit in enumerate((2, 5, 4)):
        seated.mark(assessor, 0, 4, 5)
        seated.mark(assessor, 1, fit, 3)
        seated.mark(assessor, 2, 1, 2)
    seated.open_scores()
    return seated


def meet(made: Scene, *, after: int = 4, seen: str | None = None) -> None:
    with made.database.writing() as session:
        officer, inside = begun(made, session)
        judged = opened_standing(session, officer, inside).judged[1]
        point = judged.points[0]
        looked_at = services.what_was_seen(session, judged.response.id, point.criterion.id, point.values)
        agreed = services.Meeting(after, "Two of us had missed the annex.", seen or looked_at)
        services.moderate(session, officer, inside, judged.response, point.criterion, agreed)


def test_a_wide_spread_waits_for_the_panel_to_meet(apart: Scene) -> None:
    with apart.database.reading() as session:
        stands = opened_standing(session, *begun(apart, session))
        birch = stands.judged[1]
        assert (birch.firm, birch.points[0].spread, birch.points[0].agreed) == ("Birch Wheels", 3, None)
        assert birch.response.id not in stands.places
        assert spreads_moderated(KIND).check(situation(apart, session)) == ["Birch Wheels: Fit with the need."]


def test_what_the_panel_agreed_counts_and_keeps_what_was_before(apart: Scene) -> None:
    meet(apart)
    with apart.database.reading() as session:
        birch = opened_standing(session, *begun(apart, session)).judged[1]
        assert birch.points[0].agreed == 4
        kept = session.scalars(select(Moderation)).one()
        assert sorted(birch.points[0].values.values()) == [2, 4, 5]
        assert [f'"{sheet}": {value}' in kept.before for sheet, value in birch.points[0].values.items()] == [True] * 3
        assert (kept.after, kept.reason) == (4, "Two of us had missed the annex.")
        assert spreads_moderated(KIND).check(situation(apart, session)) == []


def test_two_officers_at_the_same_meeting_do_not_overwrite_each_other(apart: Scene) -> None:
    with apart.database.reading() as session:
        birch = opened_standing(session, *begun(apart, session)).judged[1]
        seen = services.what_was_seen(session, birch.response.id, birch.points[0].criterion.id, birch.points[0].values)
    meet(apart, seen=seen)
    with pytest.raises(Conflict):
        meet(apart, after=2, seen=seen)


def test_an_agreement_does_not_outlive_the_scores_it_was_made_on(apart: Scene) -> None:
    meet(apart)
    with apart.database.writing() as session:
        actor, sheet = apart.actor(session, apart.assessors[0]), apart.sheet(session, 0, 1)
        services.recuse(session, actor, sheet, "I have remembered that I know them.")
    with apart.database.reading() as session:
        point = opened_standing(session, *begun(apart, session)).judged[1].points[0]
        assert sorted(point.values.values()) == [4, 5]
        assert float(point.agreed or 0) == 4.5


def test_with_consensus_any_difference_needs_a_meeting(judged: Scene) -> None:
    with judged.database.writing() as session:
        judged.inside(session).round.scoring = ScoringMethod.CONSENSUS
    judged.open_scores()
    with judged.database.reading() as session:
        assert spreads_moderated(KIND).check(situation(judged, session)) == ["Birch Wheels: Delivery."]


def test_before_the_scores_are_open_a_requirement_tells_nothing(judged: Scene) -> None:
    with judged.database.reading() as session:
        at = situation(judged, session)
        for each in (spreads_moderated(KIND), outcomes_decided(KIND), ranking_respected(KIND)):
            assert each.check(at) == ["Lock every sheet and open the scores first."]


def test_totals_and_places(opened: Scene) -> None:
    with opened.database.reading() as session:
        stands = opened_standing(session, *begun(opened, session))
        firms = {each.response.id: each.firm for each in stands.judged}
        places = [
            (place.rank, firms[place.key], hundredths(place.total), place.meets_minimum)
            for places in stands.lots.values()
            for place in places
        ]
    assert places == [(1, "Ash Buses", 8800, True), (2, "Birch Wheels", 6267, True), (3, "Cedar Rides", 2800, False)]


def test_outcomes_begin_with_the_ranking_and_the_assessors_words_without_names(opened: Scene) -> None:
    with_deal(opened, 1)
    fill_in(opened)
    with opened.database.reading() as session:
        known = outcomes_of(session, opened.inside(session).round)
        by_firm = {each.response.organisation.name: each for each in known.values()}
        assert {firm: each.decision for firm, each in by_firm.items()} == {
            "Ash Buses": Decision.CHOSEN,
            "Birch Wheels": Decision.NOT_CHOSEN,
            "Cedar Rides": Decision.NOT_CHOSEN,
        }
        ash = by_firm["Ash Buses"]
        assert (ash.rank, ash.total) == (1, 8800)
        text = ash.feedback[0].text
        assert text.count(CANARY) == 3
        assert not any(person.name in text for person in opened.assessors)
        assert outcomes_decided(KIND).check(situation(opened, session)) == [
            f"{firm}: nobody has checked what it will be told." for firm in ("Ash Buses", "Birch Wheels", "Cedar Rides")
        ]


def test_filling_in_again_keeps_what_somebody_wrote(opened: Scene) -> None:
    with_deal(opened, 1)
    fill_in(opened)
    decide(opened, 0, Decision.CHOSEN)
    fill_in(opened)
    with opened.database.reading() as session:
        outcome = outcomes_of(session, opened.inside(session).round)[opened.response(session, 0).id]
        assert outcome.message == "Thank you."
        assert outcome.checked_at is not None


def test_scores_that_change_make_an_outcome_stale(opened: Scene) -> None:
    fill_in(opened)
    for number, decision in enumerate((Decision.CHOSEN, Decision.CHOSEN, Decision.NOT_CHOSEN)):
        decide(opened, number, decision)
    with opened.database.writing() as session:
        assert outcomes_decided(KIND).check(situation(opened, session)) == []
        actor, sheet = opened.actor(session, opened.assessors[0]), opened.sheet(session, 0, 1)
        services.recuse(session, actor, sheet, "A conflict has come up.")
        assert outcomes_decided(KIND).check(situation(opened, session)) == [
            "Birch Wheels: its scores have changed since the outcome was decided."
        ]


def test_leaving_the_ranking_takes_a_reason_and_below_the_minimum_nothing_helps(opened: Scene) -> None:
    with_deal(opened, 1)
    fill_in(opened)
    with pytest.raises(NotNow, match="Say why"):
        decide(opened, 1, Decision.CHOSEN)
    decide(opened, 1, Decision.CHOSEN, departure="Two ideas are so different that we want to see both.")
    with pytest.raises(NotNow, match="below the published minimum of 50%"):
        decide(opened, 2, Decision.CHOSEN, departure="We like them.")


def test_a_stale_form_does_not_overwrite_an_outcome(opened: Scene) -> None:
    fill_in(opened)
    with opened.database.writing() as session:
        officer, inside = begun(opened, session)
        said = services.Decided(Decision.CHOSEN)
        with pytest.raises(Conflict):
            services.decide(session, officer, inside, opened.response(session, 0), said, version=7)


@pytest.mark.parametrize(("release", "binds"), [(ReleaseKind.BELOW_THRESHOLD, True), (ReleaseKind.ENGAGEMENT, False)])
def test_in_a_competition_nobody_is_passed_over(opened: Scene, release: ReleaseKind, binds: bool) -> None:
    with_deal(opened, 1)
    with opened.database.writing() as session:
        opened.inside(session).challenge.release_kind = release
    fill_in(opened)
    decide(opened, 0, Decision.NOT_CHOSEN, departure="We know them already.")
    decide(opened, 1, Decision.CHOSEN, departure="Something new.")
    with opened.database.reading() as session:
        missing = ranking_respected(KIND).check(situation(opened, session))
        assert missing == (["Ash Buses ranks above Birch Wheels."] if binds else [])


def test_an_assessor_can_neither_meet_nor_decide(opened: Scene) -> None:
    with opened.database.writing() as session:
        actor, inside = opened.actor(session, opened.assessors[0]), opened.inside(session)
        with pytest.raises(NotAllowed):
            services.propose(session, actor, inside)
        with pytest.raises(NotAllowed):
            services.open_scores(session, actor, inside)


def test_everybody_is_told_at_once_and_only_their_own(opened: Scene) -> None:
    with_deal(opened, 1)
    fill_in(opened)
    for number in range(3):
        decide(opened, number, Decision.CHOSEN if number == 0 else Decision.NOT_CHOSEN)
    with opened.database.reading() as session:
        assert somebody_chosen(KIND).check(situation(opened, session)) is True
        for firm in opened.firms:
            actor = opened.actor(session, firm)
            assert [outcome_for_firm(session, actor, each) for each in opened.responses] == [None] * 3
    select_firms(opened)
    with opened.database.reading() as session:
        states = [opened.response(session, number).state for number in range(3)]
        assert states == ["chosen", "not_chosen", "not_chosen"]
        assert len({each.sent_at for each in session.scalars(select(Outcome))}) == 1
        for number, firm in enumerate(opened.firms):
            found = [outcome_for_firm(session, opened.actor(session, firm), each) for each in opened.responses]
            assert [each is not None for each in found] == [each == number for each in range(3)]
        mails = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "assessment.outcome")).all()
        assert sorted(str(m.to_person_id) for m in mails) == sorted(str(firm.id) for firm in opened.firms)
        assert not any(CANARY in mail.parameters for mail in mails)
        said = {"challenge": opened.reference, "response": opened.responses[0]}
        mail = messages.outcome(session, **said)
        assert mail is not None
        assert mail.path == f"/responses/{opened.responses[0]}/feedback"


def test_a_firm_left_out_is_told_with_the_others(opened: Scene) -> None:
    with opened.database.writing() as session:
        left_out = opened.response(session, 2)
        with guard_state():
            left_out.state = "ineligible"
        decided = session.scalars(select(Eligibility).where(Eligibility.response_id == left_out.id)).one()
        decided.eligible, decided.firm_asked, decided.firm_said = False, "Where are you based?", "Abroad."
        decided.reason = "It came from outside the region the brief names."
    fill_in(opened)
    select_firms(opened)
    with opened.database.reading() as session:
        told = outcome_for_firm(session, opened.actor(session, opened.firms[2]), opened.responses[2])
        assert told is not None
        assert (told.decision, told.message) == (
            Decision.INELIGIBLE,
            "It came from outside the region the brief names.",
        )


def test_reconsidering_takes_the_next_in_rank(opened: Scene) -> None:
    with_deal(opened, 1)
    fill_in(opened)
    select_firms(opened, "award")
    with opened.database.writing() as session:
        at = situation(opened, session, reason="Ash Buses withdrew.", response_id=opened.response(session, 0).id)
        assert somebody_is_next(KIND).check(at) == [] == somebody_falls_out(KIND).check(at)
        services.next_in_rank(KIND)(at)
        assert [opened.response(session, n).state for n in range(3)] == ["not_chosen", "chosen", "not_chosen"]
        assert somebody_is_next(KIND).check(situation(opened, session)) == [
            "No other firm in the ranking met the minimum."
        ]
        with pytest.raises(NotNow):
            services.next_in_rank(KIND)(at)


def test_only_a_chosen_firm_falls_out_and_only_where_another_follows(opened: Scene) -> None:
    fill_in(opened)
    select_firms(opened, "award")
    with opened.database.reading() as session:
        first, last = (opened.response(session, number).id for number in (0, 2))
        for named in (None, last, 10**9):
            said = somebody_falls_out(KIND).check(situation(opened, session, response_id=named))
            assert said == ["Say which of the chosen firms falls out."]
        said = somebody_falls_out(KIND).check(situation(opened, session, response_id=first))
        assert said == ["Nobody else who answered the same part met the minimum."]


def test_ending_without_a_solution_tells_everybody_why(judged: Scene) -> None:
    with judged.database.writing() as session:
        with guard_state():
            judged.inside(session).challenge.state = "no_solution"
        owner = judged.actor(session, judged.owner)
        challenge = judged.inside(session).challenge
        given = {"reason": "The need has changed."}
        services.feedback_to_all(Situation(session, challenge, owner, clock.now(), given))
    with judged.database.reading() as session:
        assert [judged.response(session, n).state for n in range(3)] == ["not_chosen"] * 3
        told = outcome_for_firm(session, judged.actor(session, judged.firms[0]), judged.responses[0])
        assert told is not None
        assert (told.message, told.total) == ("The need has changed.", None)


def test_nobody_ends_a_response_before_its_challenge_has_ended(judged: Scene) -> None:
    with judged.database.writing() as session:
        challenge, owner = judged.inside(session).challenge, judged.actor(session, judged.owner)
        with pytest.raises(NotNow):
            fire(session, owner, judged.response(session, 0), "end_with_challenge")
        assert challenge.state == "assessment"


def test_the_tender_round_is_judged_by_the_same_rules_and_takes_one(database: Database) -> None:
    made = scene(database, kind=RoundKind.TENDER, release_kind=ReleaseKind.ENGAGEMENT)
    made.seat()
    for assessor in range(3):
        made.mark(assessor, 0, 4, 5)
        made.mark(assessor, 1, 5, 5)
        made.mark(assessor, 2, 1, 2)
    made.open_scores()
    fill_in(made)
    with database.reading() as session:
        decisions = [
            outcomes_of(session, made.inside(session).round)[made.response(session, n).id].decision for n in range(3)
        ]
        assert decisions == [Decision.NOT_CHOSEN, Decision.CHOSEN, Decision.NOT_CHOSEN]
    decide(made, 0, Decision.CHOSEN, departure="We prefer them.")
    decide(made, 1, Decision.NOT_CHOSEN, departure="We prefer the other.")
    with database.reading() as session:
        assert ranking_respected(RoundKind.TENDER).check(situation(made, session)) == [
            "Birch Wheels ranks above Ash Buses."
        ]


def test_a_firm_sees_no_row_of_the_others(opened: Scene) -> None:
    fill_in(opened)
    select_firms(opened)
    with opened.database.reading() as session:
        seal.read_as(session, [opened.response(session, 0).organisation_id])
        actor = opened.actor(session, opened.firms[0])
        assert outcome_for_firm(session, actor, opened.responses[1]) is None
        assert session.scalars(select(Response.reference).where(Response.reference == opened.responses[0])).one()


def test_open_scores_says_all_that_is_missing(seated: Scene) -> None:
    with seated.database.writing() as session, pytest.raises(MoveRefused, match="Enough assessors"):
        services.open_scores(session, *begun(seated, session))
