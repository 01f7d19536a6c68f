"""Beginning a challenge, and design thinking: who was met, what they need, which question is asked."""

import re

from portal.challenges.models import Part
from portal.challenges.pathway import Pathway
from portal.challenges.services import bodies, design
from portal.challenges.services.starting import NewChallenge, start
from portal.demo import shapes
from portal.demo.walking.walk import Act, Acts, Walk
from portal.organisations.models import Organisation
from portal.workflow import fire

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_FEWEST_DAYS = 3


def begin(walk: Walk) -> Acts:
    """The owner begins the challenge."""
    text = walk.text
    yield walk.at(text.timetable.started, 9)
    with walk.as_owner() as act:
        wanted = NewChallenge(
            Pathway(text.pathway),
            text.title,
            text.theme,
            walk.world.directorates[text.authority, text.directorate],
            act.actor.person_id,
        )
        lead = act.session.get_one(Organisation, walk.world.organisations[text.authority])
        walk.reference = start(act.session, act.actor, lead, wanted).reference


def think(walk: Walk) -> Acts:
    """Explore the problem with the people who have it, up to the question and the sponsor."""
    text = walk.text
    yield walk.at(text.timetable.started, 11)
    with walk.as_owner() as act:
        _bring_in_bodies(walk, act)
    for engagement in text.engagements:
        yield walk.at(engagement.day, 16)
        with walk.as_owner() as act:
            design.add(act.session, act.actor, act.challenge, "session", **_session(walk, engagement))
    yield walk.at(_last_day(text) + 1, 10)
    with walk.as_owner() as act:
        _write_what_was_learnt(text, act)
    if walk.leaves("design_thinking"):
        yield walk.at(_last_day(text) + _FEWEST_DAYS, 15)
        with walk.as_owner() as act:
            fire(act.session, act.actor, act.challenge, "finish_design_thinking")


def _last_day(text: shapes.Challenge) -> int:
    return max((each.day for each in text.engagements), default=text.timetable.started + 1)


def _bring_in_bodies(walk: Walk, act: Act) -> None:
    wanted = [(key, Part.JOINT) for key in walk.text.joint_authorities]
    if walk.text.pathway == "showcase":
        wanted += [(partner.key, Part.SUPPORT) for partner in walk.world.library.region.partners]
    challenge = act.challenge
    for key, part in wanted:
        body = act.session.get_one(Organisation, walk.world.organisations[key])
        bodies.add(act.session, act.actor, challenge, body, part)


def _session(walk: Walk, held: shapes.Engagement) -> dict[str, object]:
    return {
        "held_on": walk.world.day(held.day),
        "place": held.place,
        "who_came": held.who_came,
        "people_count": people_named(held.who_came),
        "learnt": held.learnt,
    }


def people_named(who_came: str) -> int:
    """How many people a list such as “Four cooks, a dietitian and the manager” names."""
    parts = [part for part in re.split(r",| and ", who_came) if part.strip()]
    return sum(max([1, *(_NUMBERS.get(word, 1) for word in re.findall(r"[a-z]+", part.lower()))]) for part in parts)


def _write_what_was_learnt(text: shapes.Challenge, act: Act) -> None:
    session, actor, challenge = act.session, act.actor, act.challenge
    for need in text.needs:
        design.add(session, actor, challenge, "need", who=need.who, need=need.need, evidence=need.evidence)
    for number, words in enumerate(text.questions, start=1):
        question = design.add(session, actor, challenge, "question", text=words)
        if number == text.chosen_question:
            design.choose(session, actor, challenge, question, question.version)  # type: ignore[arg-type]
    if text.sponsor:
        sponsor = text.sponsor
        design.name_sponsor(session, actor, challenge, sponsor.name, sponsor.job_title, challenge.version)
