"""Opening, eligibility, scores, the panel's meeting, outcomes, and the selection."""

from datetime import timedelta

from sqlalchemy import select

from portal.assessment import services as assessment
from portal.assessment.models import Assignment, Decision
from portal.assessment.queries import Inside, my_sheet, opened_standing, outcomes_of, panel, seat_of, sheet_rows
from portal.assessment.queries.outcomes import proposal
from portal.db import clock
from portal.demo import shapes
from portal.demo.walking.calls import Call, own_call, tender_call
from portal.demo.walking.consortia import leave_late
from portal.demo.walking.tendering import prepare_tender, seat_tender_panel
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.responses import queries as found
from portal.responses import services as responses
from portal.responses.clarified import own_clarification
from portal.responses.models import Response
from portal.workflow import fire

JUDGED = ("chosen", "partner", "not_chosen")
DEPARTURE = (
    "The number of places in the deal is an upper limit; the panel agreed that this answer is not ready to go on."
)
OUTREACH = "The notice was sent to 40 firms of the network and two trade bodies. Others told us that they are busy."
STILL_OPEN = 5
"""Days from today until firms can still explain themselves."""
FIRM_ASKED = "Could your answer do without what the brief rules out, or be changed so that it does?"
FIRM_SAID = "We have thought about it and it could not. We understand."


def judge(walk: Walk) -> Acts:
    """The responses to the challenge, up to the selection where the texts have come to it."""
    call = own_call(walk)
    yield from _judge(walk, call)
    if not walk.leaves("assessment"):
        return
    tender = walk.text.pathway == "direct" and walk.tendered
    if tender:
        yield from prepare_tender(walk)
    yield walk.at(call.decision, 10)
    with walk.as_officer() as act:
        fire(act.session, act.actor, act.challenge, "select")
    if tender:
        yield from seat_tender_panel(walk)


def judge_tender(walk: Walk) -> Acts:
    """The tenders."""
    call = tender_call(walk)
    yield from _judge(walk, call)
    if walk.leaves("tender_assessment"):
        yield walk.at(call.decision, 10)
        with walk.as_officer() as act:
            fire(act.session, act.actor, act.challenge, "select_tender")


def _judge(walk: Walk, call: Call) -> Acts:
    submitted = [each for each in call.responses if each.outcome not in {"draft", "withdrawn"}]
    if not any(each.marks for each in submitted):
        return
    yield from _open(walk, call)
    yield from leave_late(walk, call)
    yield from _hear(walk, call, [each for each in submitted if each.ineligible_because])
    yield walk.at(call.deadline + 3, 10)
    with walk.as_officer() as act:
        _decide_eligibility(walk, act, call, submitted)
    decided = any(each.outcome in JUDGED for each in submitted)
    yield walk.at(call.deadline + 4, 9)
    with walk.as_officer() as act:
        _give_out(walk, act, call, everything=not decided)
    yield from _score_all(walk, call, call.assessors, call.deadline + 5)
    for said in (each for each in submitted if each.reopened_because):
        yield walk.at(call.deadline + 5, 16)
        with walk.acting(said.marks[0].assessor) as act:
            sheet = _sheet(walk, act, call, said.firm)
            assessment.reopen(act.session, act.actor, sheet, there(said.reopened_because))
    if call.price_judges:
        yield from _judge_prices(walk, call)
    if decided:
        yield from _conclude(walk, call)
    elif all(len(each.marks) == len(call.assessors) * len(call.criteria) for each in submitted):
        yield walk.at(call.deadline + 6, 10)
        with walk.as_officer() as act:  # the scores lie open, and the panel has still to meet
            assessment.open_scores(act.session, act.actor, act.asked(call.kind))


def _score_all(walk: Walk, call: Call, people: tuple[str, ...], day: int) -> Acts:
    for number, assessor in enumerate(people):
        yield walk.at(day, 10 + number)
        with walk.acting(assessor) as act:
            _score(walk, act, call, assessor)


def _judge_prices(walk: Walk, call: Call) -> Acts:
    """Everything else is locked: an officer opens the prices, and those who judge nothing else begin."""
    yield walk.at(call.deadline + 6, 10)
    with walk.as_officer() as act:
        assessment.open_prices(act.session, act.actor, act.asked(call.kind))
    yield from _score_all(walk, call, call.price_judges, call.deadline + 7)


def _open(walk: Walk, call: Call) -> Acts:
    for number, key in enumerate([walk.text.officer, walk.second_officer]):
        yield walk.at(call.deadline + 1 + number, 10)
        with walk.acting(key) as act:
            inside = act.asked(call.kind)
            responses.open_responses(act.session, act.actor, inside.challenge, inside.round, no_interest=True)


def _hear(walk: Walk, call: Call, doubted: list[shapes.Response]) -> Acts:
    """Firms that may be left out say what they think first."""
    for said in doubted:
        yield walk.at(call.deadline + 2, 14)
        with walk.as_officer() as act:
            response, due = _opened(walk, act, call, said.firm), clock.now() + timedelta(days=7)
            row = responses.hear(act.session, act.actor, response, text=FIRM_ASKED, due_at=due).reference
        yield walk.at(call.deadline + 2, 16)
        with walk.acting(walk.world.answers_for(said.firm)) as act:
            asked = there(own_clarification(act.session, act.actor, row))
            responses.answer_clarification(act.session, act.actor, asked, text=FIRM_SAID)


def _opened(walk: Walk, act: Act, call: Call, firm: str) -> Response:
    return there(found.opened(act.session, act.actor, walk.responses[call.kind, firm]))


def _decide_eligibility(walk: Walk, act: Act, call: Call, submitted: list[shapes.Response]) -> None:
    for said in submitted:
        response = _opened(walk, act, call, said.firm)
        why = said.ineligible_because
        responses.decide_eligibility(act.session, act.actor, response, eligible=why is None, reason=why or "")
        if said.doubted_because:
            due = walk.world.moment(STILL_OPEN, 12)
            responses.hear(act.session, act.actor, response, text=said.doubted_because, due_at=due)
        if said.asked_to_explain:
            inside, due = act.asked(call.kind), walk.world.moment(STILL_OPEN, 12)
            responses.ask_to_clarify(
                act.session,
                act.actor,
                inside.challenge,
                inside.round,
                [response],
                text=said.asked_to_explain,
                due_at=due,
            )
    if len(submitted) == 1:
        inside = act.asked(call.kind)
        responses.note_outreach(act.session, act.actor, inside.challenge, inside.round, OUTREACH)


def _give_out(walk: Walk, act: Act, call: Call, *, everything: bool) -> None:
    """Give each response to whoever scored it in the texts, or all to the whole panel while it is still at work."""
    inside = act.asked(call.kind)
    if everything:
        assessment.allocate(act.session, act.actor, inside, None)
        return
    members = {each.member.person_id: each.member for each in panel(act.session, inside.round)}
    for said in call.responses:
        for assessor in dict.fromkeys(mark.assessor for mark in said.marks):
            member = members[walk.world.people[assessor]]
            assessment.assign(act.session, act.actor, inside, _opened(walk, act, call, said.firm), member)


def _score(walk: Walk, act: Act, call: Call, assessor: str) -> None:
    """Fill in this assessor's sheets as far as the texts go; a sheet that is complete is locked."""
    names = {each.key: each.name for each in call.criteria}
    seat = there(seat_of(act.session, act.asked(call.kind).round, act.actor.person_id))
    if seat.confidential_at is None:
        assessment.prepare(act.session, act.actor, seat)
    for said in call.responses:
        marks = {names[each.criterion]: each for each in said.marks if each.assessor == assessor}
        if not marks:
            continue
        sheet = _sheet(walk, act, call, said.firm)
        assessment.declare(act.session, act.actor, sheet)
        for row in sheet_rows(act.session, sheet):
            if mark := marks.get(row.criterion.name):
                marking = assessment.Marking(mark.score, mark.why, None)
                assessment.save_score(act.session, act.actor, sheet, row.criterion, marking)
        if len(marks) == len(sheet_rows(act.session, sheet)):
            assessment.lock(act.session, act.actor, sheet)


def _sheet(walk: Walk, act: Act, call: Call, firm: str) -> Assignment:
    wanted = (
        select(Assignment.reference)
        .join(Response, Response.id == Assignment.response_id)
        .where(
            Assignment.person_id == act.actor.person_id,
            Response.reference == walk.responses[call.kind, firm],
        )
    )
    return there(my_sheet(act.session, act.actor, act.session.scalars(wanted).one()))


def _conclude(walk: Walk, call: Call) -> Acts:
    yield walk.at(call.decision - 4, 10)
    with walk.as_officer() as act:
        inside = act.asked(call.kind)
        assessment.open_scores(act.session, act.actor, inside)
        _moderate(act, inside)
    yield walk.at(call.decision - 2, 10)
    with walk.as_officer() as act:
        inside = act.asked(call.kind)
        assessment.propose(act.session, act.actor, inside)
        for said in call.responses:
            if said.outcome in JUDGED:
                _decide(walk, act, call, said)


def _moderate(act: Act, inside: Inside) -> None:
    """Where scores lie far apart, the panel meets halfway."""
    for judged in opened_standing(act.session, act.actor, inside).judged:
        for point in judged.points:
            if point.needs_meeting and point.moderation is None:
                middle = round(sum(point.values.values()) / len(point.values))
                seen = assessment.what_was_seen(act.session, judged.response.id, point.criterion.id, point.values)
                meeting = assessment.Meeting(middle, "Both had read it differently, and met halfway.", seen)
                assessment.moderate(act.session, act.actor, inside, judged.response, point.criterion, meeting)


def _decide(walk: Walk, act: Act, call: Call, said: shapes.Response) -> None:
    inside = act.asked(call.kind)
    response = _opened(walk, act, call, said.firm)
    decision = Decision.NOT_CHOSEN if said.outcome == "not_chosen" else Decision.CHOSEN
    stands = opened_standing(act.session, act.actor, inside)
    proposed = proposal(act.session, inside.challenge, inside.round, stands)[response.id]
    decided = assessment.Decided(decision, "" if decision is proposed else DEPARTURE, said.feedback or "", checked=True)
    outcome = outcomes_of(act.session, inside.round)[response.id]
    assessment.decide(act.session, act.actor, inside, response, decided, version=outcome.version)
