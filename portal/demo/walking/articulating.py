"""Writing the brief, choosing the legal route, clearing conflicts, and releasing."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from portal.accounts import services as accounts
from portal.accounts.models import Person
from portal.assessment import services as assessment
from portal.assessment.queries import panel
from portal.challenges import parts
from portal.challenges.asking import STANDARD_QUESTIONS
from portal.challenges.models import RoundKind
from portal.challenges.pathway import Pathway
from portal.challenges.sections import DEAL_STAGES, SECTIONS
from portal.challenges.services import brief, conflicts
from portal.challenges.social import BY_KEY as OUTCOMES
from portal.challenges.social import LOOKED_FOR
from portal.demo import shapes
from portal.demo.walking.calls import Call, own_call
from portal.demo.walking.notices import publish_due
from portal.demo.walking.walk import Act, Acts, Walk
from portal.notices.models import Moment
from portal.policy import Role
from portal.workflow import fire

LONGEST_SUMMARY = 400
WORDS_FOR_A_CRITERION = 500
JUDGING = {"scoring": "mean", "quorum": 2, "spread_limit": 2, "minimum_percent": 50}
_REASON_FOR_NO_COMPETITION = {
    "prototype": "We need something that does not exist yet, made at our request in order to test it. We looked for "
    "firms that could offer it ready made and found none, and we choose among the answers by published criteria.",
    "exempt": "This is research whose results are published for everybody's benefit and which we pay for wholly. "
    "Nothing is bought beyond the study; buying anything later is a new procurement.",
}
PRICED = "cost"
"""The criterion that is about the price."""
_JUDGED_APART = {"by_price": True, "price_judged": True}
_CAN_HOLD_AN_OPTION = ("engagement", "first_round", "below_threshold")


def articulate(walk: Walk) -> Acts:
    """Write the brief as far as the texts go, and release it where they say so."""
    text = walk.text
    last = max((each.day for each in text.engagements), default=text.timetable.started)
    yield walk.at(last + 7, 10)
    with walk.as_owner() as act:
        _write_brief(walk, act)
    yield walk.at(last + 9, 14)
    with walk.as_officer() as act:
        _choose_route(text, act)
    if walk.leaves("articulation"):
        yield from _release(walk, own_call(walk))


def _release(walk: Walk, call: Call) -> Acts:
    yield walk.at(call.released - 6, 10)
    with walk.as_officer() as act:
        save(act, "dates", dates_of(walk, call, earlier=True))
    yield walk.at(call.released - 5, 9)
    with walk.as_officer() as act:
        seat_panel(walk, act, call, others=[each.person for each in walk.text.conflicts])
        _name_second_opener(walk, act)
    yield from _clear_conflicts(walk, call)
    yield walk.at(call.released - 1, 9)
    with walk.as_officer() as act:
        publish_due(act, Moment.RELEASE)
        if walk.text.tender:
            publish_due(act, Moment.PLANNING)
    yield walk.at(call.released, 9)
    with walk.as_officer() as act:
        fire(act.session, act.actor, act.challenge, "release")


def save(act: Act, key: str, value: dict[str, Any], kind: RoundKind = RoundKind.CHALLENGE) -> None:
    """Save one part of the brief, from how it stands."""
    challenge = act.challenge
    version = parts.version_of(parts.read(act.session, challenge, key, kind))
    brief.save_part(act.session, act.actor, challenge, key, value, version, kind)


def _write_brief(walk: Walk, act: Act) -> None:
    text, said = walk.text, walk.text.brief
    if said is None:
        return
    save(act, "summary", {"title": text.title, "summary": said.question[:LONGEST_SUMMARY], "theme": text.theme})
    for section in SECTIONS:
        if words := getattr(said, section.key):
            words = _as_first_published(text, section.key, words)
            save(act, parts.section_part(section.key), {"source": words, "format": "markdown"})
    if said.must_haves:
        save(act, "must_haves", {"texts": _must_haves_at_first(text)})
    if text.deal:
        save(act, "deal", _deal(walk, text.deal))
    if text.criteria:
        save(act, "criteria", criteria_of(text.criteria) | {"blind": text.blind})


def _as_first_published(text: shapes.Challenge, section: str, words: str) -> str:
    """A section as it read before an amendment changed it."""
    return next((each.earlier_text for each in text.amendments if each.section == section), words)


def _must_haves_at_first(text: shapes.Challenge) -> list[str]:
    said = list(text.brief.must_haves) if text.brief else []
    for change in text.amendments:
        if change.section == "must_haves":
            now = get_close_matches(change.earlier_text, said, n=1, cutoff=0)[0]
            said[said.index(now)] = change.earlier_text
    return said


def _deal(walk: Walk, deal: shapes.Deal) -> dict[str, Any]:
    stages = DEAL_STAGES[Pathway(walk.text.pathway)]
    decision = walk.text.timetable.decision
    return {
        "go_on_count": deal.go_on_count,
        "decision_on": walk.world.day(decision).isoformat() if decision is not None else None,
        "intellectual_property": deal.intellectual_property,
        "if_unfunded": deal.if_unfunded,
        "stages": [
            {"stage": number, "pays_pence": said.pounds * 100, "hours": said.hours}
            for number, said in zip(stages, deal.stages, strict=False)
        ],
    }


def criteria_of(criteria: tuple[shapes.Criterion, ...], *, price_apart: bool = False) -> dict[str, Any]:
    """Criteria as a part of the brief, with how answers are judged; the cost from an envelope, where it is apart."""
    return JUDGING | {
        "criteria": [
            {
                "id": None,
                "name": each.name,
                "question": each.asks,
                **_asked_of(each.social_outcome),
                **(_JUDGED_APART if price_apart and each.key == PRICED else {}),
                "word_limit": WORDS_FOR_A_CRITERION,
                "weight": each.weight,
                "reason": each.reason if number > STANDARD_QUESTIONS else "",
                "scores": [each.score_0, "", "", each.score_3, "", each.score_5],
            }
            for number, each in enumerate(criteria, start=1)
        ]
    }


def _asked_of(outcome: str) -> dict[str, str]:
    """What a criterion says beside its question; one of social value shows an example."""
    if not outcome:
        return {"description": ""}
    return {"description": LOOKED_FOR, "social_outcome": outcome, "example": OUTCOMES[outcome].example}


def _choose_route(text: shapes.Challenge, act: Act) -> None:
    value = text.value
    amounts = {
        "estimated_pence": value.contract_pounds * 100,
        "option_pence": value.options_pounds * 100,
        "participant_pence": value.participants_pounds * 100,
    }
    save(act, "value", {"contract_kind": text.contract_kind, "vat": "inclusive", **amounts})
    route = {
        "release_kind": text.release_kind,
        "advertised": True,
        "purchase_announced": value.options_pounds > 0 and text.release_kind in _CAN_HOLD_AN_OPTION,
        "market_gap": text.market_gap or "",
        "route_reason": _REASON_FOR_NO_COMPETITION.get(text.release_kind, ""),
    }
    save(act, "route", route)
    if text.lots:
        save(act, "lots", {"reason": text.lots, "lots": []})


def dates_of(walk: Walk, call: Call, *, earlier: bool = False) -> dict[str, Any]:
    """The dates of a round: as they are now, or as they were before an amendment moved them."""
    moved = [each.deadline_before for each in call.amendments if each.deadline_before is not None]
    deadline = moved[0] if earlier and moved else call.deadline
    return {
        "questions_until": walk.world.moment(call.question_cutoff, 17).isoformat(),
        "deadline": walk.world.moment(deadline, 12).isoformat(),
    }


def _clear_conflicts(walk: Walk, call: Call) -> Acts:
    """Everybody with an influence declares their interests; the officer assesses them and acts on what was said."""
    text = walk.text
    said = {each.person: each.statement for each in text.conflicts}
    everybody = dict.fromkeys([text.owner, text.officer, *said])
    if text.pathway == "showcase":
        everybody[walk.world.adviser()] = None
    kept_out = said.keys() - set(text.assessors)
    yield walk.at(call.released - 4, 10)
    for person in everybody:
        with walk.acting(person) as act:
            detail, conflicted = said.get(person, ""), person in kept_out
            conflicts.declare(act.session, act.actor, act.challenge, conflicted=conflicted, detail=detail)
    yield walk.at(call.released - 3, 10)
    with walk.as_officer() as act:
        for key in kept_out:
            decision = next(each.decision for each in text.conflicts if each.person == key)
            conflicts.mitigate(act.session, act.actor, act.challenge, walk.world.people[key], mitigation=decision)
        assess_conflicts(text, act)
        _stand_down(walk, act, call, kept_out)


def _stand_down(walk: Walk, act: Act, call: Call, kept_out: set[str]) -> None:
    inside = act.asked(call.kind)
    people = {walk.world.people[key] for key in kept_out}
    for each in panel(act.session, inside.round):
        if each.member.person_id in people:
            assessment.stand_down(act.session, act.actor, inside, each.member, "Declared a conflict of interest.")


def assess_conflicts(text: shapes.Challenge, act: Act) -> None:
    """Write the officer's assessment of everything that was declared."""
    challenge = act.challenge
    decided = [each.decision for each in text.conflicts]
    note = " ".join(decided) or "Everybody who can influence the decision was asked. Nobody declared an interest."
    sponsor = f"{text.sponsor.name} was asked and has no interest in any firm." if text.sponsor else ""
    conflicts.assess(act.session, act.actor, challenge, note_text=note, sponsor=sponsor, version=challenge.version)


def seat_panel(walk: Walk, act: Act, call: Call, *, others: Iterable[str] = ()) -> None:
    """Put the assessors on the panel of a round, with `others` who are stood down from it later."""
    inside = act.asked(call.kind)
    for key in dict.fromkeys([*call.assessors, *call.price_judges, *others]):
        person = act.session.get_one(Person, walk.world.people[key])
        member = assessment.add_assessor(act.session, act.actor, inside, person)
        if key in call.price_judges:
            assessment.write_skills(act.session, act.actor, inside, member, assessment.Judges(price=True))


def _name_second_opener(walk: Walk, act: Act) -> None:
    """Name another authority's officer to open with ours, where ours is alone."""
    if walk.second_officer_is_inside:
        return
    person = act.session.get_one(Person, walk.world.people[walk.second_officer])
    accounts.give(act.session, act.actor, person, Role.OPENER, act.challenge)
