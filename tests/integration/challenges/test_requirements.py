"""Each requirement this room offers says no with what is missing, and yes once it is there."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.challenges import requirements as needs
from portal.challenges.models import (
    ChallengeAuthor,
    ConflictDeclaration,
    Criterion,
    EngagementSession,
    HowMightWe,
    MustHave,
    UserNeed,
)
from portal.challenges.sections import SECTIONS
from portal.db import clock
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind
from portal.machine import Requirement, Situation
from portal.policy import Role
from portal.responses.models import Response
from tests.integration.challenges.conftest import CALL, NOON, Scene, SceneMaker, criteria, in_days, save
from tests.support import make

Meet = Callable[[Session, Scene], None]


def says(session: Session, scene: Scene, needed: Requirement, **given: Any) -> bool | list[str]:
    session.flush()
    session.expire_all()
    actor = scene.actor(session, scene.officer)
    return needed.check(Situation(session, scene.challenge(session), actor, clock.now(), given))


def _meet_engagement(session: Session, scene: Scene) -> None:
    fields = {"place": "Library", "who_came": "Six tenants", "people_count": 6, "learnt": "Much"}
    session.add(EngagementSession(challenge_id=scene.challenge_id, held_on=date(2026, 3, 2), **fields))


def _meet_need(session: Session, scene: Scene) -> None:
    session.add(UserNeed(challenge_id=scene.challenge_id, who="Tenants", need="Warmth", evidence="We counted"))


def _meet_question(session: Session, scene: Scene) -> None:
    session.add(HowMightWe(challenge_id=scene.challenge_id, text="How might we?", chosen_at=NOON))


def _meet_sponsor(session: Session, scene: Scene) -> None:
    challenge = scene.challenge(session)
    challenge.sponsor_name, challenge.sponsor_title = "Benedikta Lowry", "Director"


def _meet_brief(session: Session, scene: Scene) -> None:
    for section in SECTIONS:
        if section.required:
            save(session, scene, f"section.{section.key}", {"source": "Words.", "format": "markdown"})
    save(session, scene, "must_haves", {"texts": ["It works without a phone."]})


def _meet_deal(session: Session, scene: Scene) -> None:
    stages = [{"stage": number, "pays_pence": 0, "hours": 8} for number in (3, 4, 5)]
    words = {"intellectual_property": "You do.", "if_unfunded": "You keep it."}
    save(session, scene, "deal", {"go_on_count": 3, "decision_on": "2026-06-01", "stages": stages, **words})


def _meet_route(session: Session, scene: Scene) -> None:
    scene.challenge(session).market_gap = "Nothing like it is sold."


def _meet_lots(session: Session, scene: Scene) -> None:
    save(session, scene, "lots", {"reason": "It only works whole.", "lots": []})


def _meet_conflicts(session: Session, scene: Scene) -> None:
    for person, role in ((scene.owner, Role.CHALLENGE_OWNER), (scene.officer, Role.PROCUREMENT_OFFICER)):
        session.add(
            ConflictDeclaration(
                challenge_id=scene.challenge_id,
                person_id=person.id,
                capacity=role.label,
                conflicted=False,
                declared_at=NOON,
            )
        )
    challenge = scene.challenge(session)
    challenge.sponsor_interests, challenge.conflicts_note = "None", "Nobody is conflicted."
    challenge.conflicts_assessed_at = NOON


def _meet_weights(session: Session, scene: Scene) -> None:
    save(session, scene, "criteria", criteria(60, 40))


def _no_criteria(session: Session, _scene: Scene) -> None:
    session.execute(delete(Criterion))


def _meet_dates(session: Session, scene: Scene) -> None:
    save(session, scene, "dates", _dates(8, 12))


def _dates(questions: int, deadline: int) -> dict[str, Any]:
    return {"questions_until": in_days(questions).isoformat(), "deadline": in_days(deadline).isoformat()}


def _too_soon(session: Session, scene: Scene) -> None:
    save(session, scene, "dates", _dates(2, 9))


def _passed(session: Session, scene: Scene) -> None:
    save(session, scene, "dates", _dates(-3, -1))


def _nothing(_session: Session, _scene: Scene) -> None:
    pass


def _too_many_questions(session: Session, scene: Scene) -> None:
    save(session, scene, "criteria", criteria(20, 20, 20, 20, 20))


def _meet_reasons(session: Session, scene: Scene) -> None:
    asked: Any = criteria(20, 20, 20, 20, 20)
    asked["criteria"][4]["reason"] = "Only this tells two good answers apart."
    save(session, scene, "criteria", asked)


CASES: list[tuple[Requirement, Meet, Meet]] = [
    (needs.engagement_held, _nothing, _meet_engagement),
    (needs.user_need_with_evidence, _nothing, _meet_need),
    (needs.question_chosen, _nothing, _meet_question),
    (needs.sponsor_named, _nothing, _meet_sponsor),
    (needs.brief_complete, _nothing, _meet_brief),
    (needs.deal_complete, _nothing, _meet_deal),
    (needs.route_chosen, _nothing, _meet_route),
    (needs.lots_considered, _nothing, _meet_lots),
    (needs.conflicts_assessed, _nothing, _meet_conflicts),
    (needs.weights_add_up(CALL), _no_criteria, _meet_weights),
    (needs.form_proportionate(CALL), _too_many_questions, _meet_reasons),
    (needs.questions_close_before_deadline(CALL), _nothing, _meet_dates),
    (needs.deadline_lawful(CALL), _too_soon, _meet_dates),
    (needs.deadline_ahead(CALL), _passed, _meet_dates),
]


@pytest.mark.parametrize(("needed", "before", "meet"), CASES, ids=[needed.name for needed, _, _ in CASES])
def test_a_requirement_is_unmet_and_then_met(scene: SceneMaker, needed: Requirement, before: Meet, meet: Meet) -> None:
    made = scene()
    with made.database.writing() as session:
        before(session, made)
        assert says(session, made, needed) not in (True, [])
    with made.database.writing() as session:
        meet(session, made)
        assert says(session, made, needed) in (True, [])


def test_a_session_to_come_has_not_been_held(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        fields = {"place": "Library", "who_came": "Six", "people_count": 6, "learnt": "?"}
        session.add(EngagementSession(challenge_id=made.challenge_id, held_on=date(2026, 3, 3), **fields))
        assert says(session, made, needs.engagement_held) is False


def test_a_need_without_evidence_is_not_enough(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        session.add(UserNeed(challenge_id=made.challenge_id, who="Tenants", need="Warmth", evidence=""))
        assert says(session, made, needs.user_need_with_evidence) is False


def test_each_missing_part_of_the_brief_is_named(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        _meet_brief(session, made)
        save(session, made, "section.evidence", {"source": "  ", "format": "markdown"})
        session.execute(delete(MustHave))
        assert says(session, made, needs.brief_complete) == ["How we know", "What a solution must do"]


def test_unpaid_is_an_answer_and_silence_is_not(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        _meet_deal(session, made)
        assert says(session, made, needs.deal_complete) == []
        value = {"go_on_count": 3, "decision_on": "2026-06-01", "intellectual_property": "You", "if_unfunded": "Keep"}
        session.query(Response).count()
        other = make.challenge(session, state="articulation")
        from portal.challenges import parts

        parts.write(session, other, "deal", value | {"stages": [{"stage": 3, "pays_pence": 0, "hours": 0}]})
        at = Situation(session, other, made.actor(session, made.officer), NOON)
        assert len(needs.deal_complete.check(at)) == 2  # type: ignore[arg-type]


def test_a_kind_that_the_value_closes_is_refused_with_the_laws_reason(scene: SceneMaker) -> None:
    made = scene(estimated_pence=13_500_000, option_pence=9_000_000, market_gap="Nothing is sold.")
    with made.database.writing() as session:
        said = says(session, made, needs.route_chosen)
        assert isinstance(said, list)
        assert len(said) == 1
        assert "£207,720" in said[0]


def test_doing_without_a_competition_needs_its_reasons(scene: SceneMaker) -> None:
    made = scene(release_kind=ReleaseKind.EXEMPT, contract_kind=ContractKind.SERVICES, market_gap="Nothing is sold.")
    with made.database.writing() as session:
        assert says(session, made, needs.route_chosen) == ["The reasons for doing without a competition"]


def test_a_new_declaration_makes_the_assessment_old(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        _meet_conflicts(session, made)
        assert says(session, made, needs.conflicts_assessed) == []
        budget = make.person(session)
        session.add(
            ConflictDeclaration(
                challenge_id=made.challenge_id,
                person_id=budget.id,
                capacity="Budget holder",
                conflicted=True,
                detail="My sister works there",
                declared_at=in_days(1),
            )
        )
        said = says(session, made, needs.conflicts_assessed)
        assert isinstance(said, list)
        assert "assess again" in said[0]


def test_two_lots_were_considered_without_a_reason(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        lots = [{"title": "North", "description": ""}, {"title": "South", "description": ""}]
        save(session, made, "lots", {"reason": "", "lots": lots})
        assert says(session, made, needs.lots_considered) is True


def test_above_the_threshold_a_competition_stays_open_for_twenty_five_days(scene: SceneMaker) -> None:
    made = scene(estimated_pence=30_000_000, release_kind=ReleaseKind.FIRST_ROUND)
    with made.database.writing() as session:
        save(session, made, "dates", _dates(10, 24))
        assert says(session, made, needs.deadline_lawful(CALL)) not in (True, [])
        save(session, made, "dates", _dates(10, 25))
        assert says(session, made, needs.deadline_lawful(CALL)) == []


@pytest.mark.parametrize(
    ("given", "met"),
    [
        ({}, False),
        ({"deadline": in_days(20)}, False),
        ({"deadline": in_days(40)}, True),
        ({"deadline": in_days(40).isoformat()}, True),
        ({"deadline": "soon"}, False),
        ({"deadline": datetime(2027, 1, 1)}, False),  # noqa: DTZ001 - without its zone it is no moment
    ],
)
def test_a_deadline_only_moves_later(scene: SceneMaker, given: dict[str, Any], met: bool) -> None:
    made = scene("open")
    with made.database.writing() as session:
        assert (says(session, made, needs.new_deadline_later(CALL), **given) == []) is met


def test_the_clock_closes_a_round_at_its_deadline(scene: SceneMaker) -> None:
    made = scene("open")
    with made.database.writing() as session:
        at = Situation(session, made.challenge(session), made.actor(session, made.officer), NOON)
        assert needs.deadline_of(CALL)(at) == datetime(2026, 4, 1, 12, tzinfo=UTC)


def test_an_author_is_barred(scene: SceneMaker) -> None:
    made = scene()
    with made.database.writing() as session:
        assert says(session, made, needs.not_an_author) is True
        session.add(ChallengeAuthor(challenge_id=made.challenge_id, person_id=made.officer.id))
        assert says(session, made, needs.not_an_author) is False
