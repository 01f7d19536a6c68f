"""What the world is in the middle of: one challenge at every telling state, made by the services where they can be."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.challenges.models import ChallengeParty, EngagementSession, HowMightWe, Part, RoundKind, UserNeed
from portal.challenges.pathway import ENDS, Pathway
from portal.challenges.queries import round_of
from portal.challenges.services import questions as asking
from portal.challenges.services.release import publish_brief
from portal.db import clock
from portal.files.arrived import Arrived
from portal.files.models import StoredFile
from portal.law.releases import ReleaseKind
from portal.machine import Situation
from portal.partnerships.queries import deciding_round
from portal.policy import CLOCK, Actor
from portal.responses import services as responding
from portal.responses.models import Response, ResponseFile
from portal.responses.queries import own
from portal.responses.sections import asked_in
from tests.support import make
from tests.support.world.people import ELSEWHERE, FIRM, HERE, HUB, RIVAL


@dataclass(frozen=True)
class Words:
    """Words that occur nowhere else, one for each place a firm writes in, and a price nobody else asks."""

    text: str
    file_name: str
    file_content: str
    pence: int


SUBMITTED = Words("xylophonica", "quetzalbook", "zumbarine", 7_391_846_52)
DRAFTED = Words("yttriumish", "vexillary", "wolframite", 8_264_713_59)

STORIES: dict[str, dict[str, Any]] = {
    "business_case_direct": {"state": "business_case", "pathway": Pathway.DIRECT, "released_at": None},
    "design_thinking": {},
    "articulation": {},
    "open": {},
    "closed": {"state": "open"},
    "assessment": {},
    "support": {},
    "showcase": {"release_kind": ReleaseKind.PROTOTYPE},
    "business_case": {"release_kind": ReleaseKind.ENGAGEMENT},
    "tender": {"release_kind": ReleaseKind.ENGAGEMENT},
    "tender_assessment": {"release_kind": ReleaseKind.ENGAGEMENT},
    "award": {"release_kind": ReleaseKind.FIRST_ROUND, "estimated_pence": 30_000_000},
    "activated": {"release_kind": ReleaseKind.FIRST_ROUND, "estimated_pence": 600_000_000},
    **{end: {} for end in ENDS if end != "activated"},
    "beside": {"state": "articulation"},
    "elsewhere": {"state": "articulation"},
}
"""Every challenge of the world by its short name, which is its state unless it says otherwise."""

OPENED = {"assessment": "opened", "support": "chosen", "showcase": "chosen", "tender_assessment": "opened"}
"""Where two firms' responses have been opened, and what became of them."""


def tell(world: Any) -> None:
    """The challenges, and what is written in them before anybody is on a panel."""
    with world.database.writing() as session:
        for story, fields in STORIES.items():
            _begin(session, world, story, fields)
        _think(session, world)
    _answer(world)
    with world.database.writing() as session:
        _ask(session, world)


def _begin(session: Session, world: Any, story: str, fields: dict[str, Any]) -> None:
    lead = world.body(session, ELSEWHERE if story == "elsewhere" else HERE)
    known: dict[str, Any] = {"state": story, "lead": lead, "title": f"Buses that wait, at {story.replace('_', ' ')}"}
    if story in ENDS and story != "activated":
        known["end_reason"] = "Nobody could do it for the money."
    challenge = make.challenge(session, **(known | fields))
    session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=world.bodies[HUB], part=Part.SUPPORT))
    if story in {"business_case", "tender", "tender_assessment"}:
        days = 20 if story == "tender" else -2
        deadline = None if story == "business_case" else clock.now() + timedelta(days=days)
        make.round_of(session, challenge, kind=RoundKind.TENDER, deadline=deadline)
    if challenge.released_at is not None:
        challenge.brief_number = 0
        publish_brief(Situation(session, challenge, CLOCK, challenge.released_at, {}))
    if story == "closed":  # nothing has closed it yet: its deadline has passed
        challenge.state_since = clock.now() - timedelta(days=2)
        asked = round_of(session, challenge)
        assert asked is not None
        asked.deadline = clock.now() - timedelta(days=1)
    world.challenges[story] = challenge.id
    world.names[f"{story} challenge"] = challenge.reference


def _think(session: Session, world: Any) -> None:
    key = world.challenges["design_thinking"]
    rows: dict[str, Any] = {
        "session": EngagementSession(
            challenge_id=key,
            held_on=date(2026, 3, 2),
            place="Library",
            who_came="Carers",
            people_count=9,
            learnt="Much",
        ),
        "need": UserNeed(challenge_id=key, who="Riders", need="To know when the bus comes", evidence="A survey"),
        "question": HowMightWe(challenge_id=key, text="How might we make the bus wait?"),
    }
    session.add_all(rows.values())
    session.flush()
    world.names |= {f"{kind} of thinking": row.id for kind, row in rows.items()}


def _answer(world: Any) -> None:
    """Where responses are sealed, firms answer through the services; where they have been opened, by rows."""
    for story, kind, ago in (
        ("open", RoundKind.CHALLENGE, 0),
        ("closed", RoundKind.CHALLENGE, 10),
        ("tender", RoundKind.TENDER, 0),
    ):
        with clock.stopped_at(clock.now() - timedelta(days=ago)), world.database.writing() as session:
            _begun(session, world, story, kind, "firm", FIRM, SUBMITTED)
            _draft(session, world, story, kind)
        with clock.stopped_at(clock.now() - timedelta(days=ago)), world.database.writing() as session:
            _submit(session, world, story)
    with world.database.writing() as session:
        for story, state in OPENED.items():
            for who, firm in (("firm", FIRM), ("rival", RIVAL)):
                answered(session, world, story, who, world.body(session, firm), state)


def _submit(session: Session, world: Any, story: str) -> None:
    """The firm submits, then invites a partner who has not said yes yet."""
    actor = world.actor(session, "firm")
    response = own(session, actor, world.names[f"firm's response at {story}"])
    assert response is not None
    responding.submit(session, actor, response, once_key=f"once at {story}")
    address = "partner-firm@example.org"
    key = responding.invite_partner(session, actor, response, address, share_percent=20, part="Builds the sensors")
    world.names[f"invitation at {story}"] = key


def _draft(session: Session, world: Any, story: str, kind: RoundKind) -> None:
    _begun(session, world, story, kind, "rival", RIVAL, DRAFTED)


def _begun(
    session: Session, world: Any, story: str, kind: RoundKind, who: str, firm: str, words: Words
) -> tuple[Actor, Response]:
    actor, challenge = world.actor(session, who), world.challenge(session, story)
    asked = round_of(session, challenge, kind)
    assert asked is not None
    response = responding.start(session, actor, challenge, asked, asked.lots[0], world.body(session, firm))
    for section in asked_in(asked):
        price: dict[str, Any] = {"price_pence": words.pence} if section.key == "price" else {}
        responding.save_section(session, actor, response, section.key, f"We say {words.text}.", version=None, **price)
    kept = world.keep_file(f"Inside: {words.file_content}.".encode())
    arrived = Arrived(kept.digest, kept.size, "text/plain", f"{words.file_name}.txt")
    file = responding.attach_file(session, actor, response, arrived)
    world.names |= {f"{who}'s response at {story}": response.reference, f"{who}'s file at {story}": file.reference}
    return actor, response


def answered(session: Session, world: Any, story: str, who: str, firm: Any, state: str) -> Response:
    """A firm's response at a state, with a copy of what it submitted."""
    challenge = world.challenge(session, story)
    asked = round_of(session, challenge, deciding_round(challenge))
    assert asked is not None
    where: dict[str, Any] = {"round_id": asked.id, "lot_id": asked.lots[0].id}
    response = make.response(session, challenge, state=state, organisation=firm, text="Our answer.", **where)
    kept = world.keep_file(f"{who} at {story}".encode())
    file = StoredFile(digest=kept.digest, size=kept.size, mime="text/plain", name="plan.txt", uploaded_at=clock.now())
    session.add(file)
    session.flush()
    session.add(ResponseFile(response_id=response.id, file_id=file.id, attached_at=clock.now()))
    enclosed = {"reference": file.reference, "name": file.name, "size": file.size, "sha256": file.digest}
    make.snapshot(session, response, files=[enclosed])
    make.eligible(session, response)
    world.names |= {f"{who}'s response at {story}": response.reference, f"{who}'s file at {story}": file.reference}
    world.names[f"{who}'s response at {story}, key"] = response.id
    asked.opened_at = clock.now()
    return response


def _ask(session: Session, world: Any) -> None:
    asker, challenge = world.actor(session, "firm"), world.challenge(session, "open")
    asked = round_of(session, challenge)
    assert asked is not None
    asked.questions_until = clock.now() + timedelta(days=10)
    session.flush()
    question = asking.ask(session, asker, challenge, "May we use our own sensors?")
    world.names["the question asked"] = question.reference
