"""Deciding: within one's limit, never on one's own words, and never without saying what should change."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import RoleGrant
from portal.business_cases import effects, requirements, services
from portal.business_cases.pathway import SectionKey
from portal.business_cases.queries import deciders
from portal.challenges.models import Challenge
from portal.db import Database, clock
from portal.machine import MoveRefused, NotAllowed, NotNow, Situation
from portal.outbox.models import OutboxMessage
from portal.policy import Role
from portal.workflow import fire
from tests.integration.business_cases.conftest import Cast, acting, case_in
from tests.support import make


def situation(session: Session, cast: Cast, who: Any, **given: Any) -> Situation[Challenge]:
    challenge = session.get_one(Challenge, cast.challenge_id)
    return Situation(session, challenge, acting(session, who), clock.now(), given)


def limit(session: Session, cast: Cast, pence: int | None) -> None:
    session.scalars(select(RoleGrant).where(RoleGrant.person_id == cast.budget.id)).one().limit_pence = pence


@pytest.mark.parametrize(
    ("effect", "state"),
    [(effects.approve_case, "approved"), (effects.return_case, "returned"), (effects.reject_case, "rejected")],
)
def test_a_decision_is_kept_with_who_when_and_why_and_its_authors_are_told(
    database: Database, submitted: Cast, effect: Callable[[Situation[Challenge]], None], state: str
) -> None:
    with database.writing() as session:
        effect(situation(session, submitted, submitted.budget, reason="Because."))
    with database.reading() as session:
        case = case_in(session, submitted)
        assert (case.state, case.decided_by_id, case.decision_note) == (state, submitted.budget.id, "Because.")
        assert case.decided_at is not None
        told = session.execute(
            select(OutboxMessage.kind, OutboxMessage.to_person_id).where(OutboxMessage.kind.like("business_cases.%"))
        ).all()
        assert (f"business_cases.{state}", submitted.owner.id) in [tuple(row) for row in told]
        assert ("business_cases.submitted", submitted.budget.id) in [tuple(row) for row in told]


@pytest.mark.parametrize("move", ["approve", "return", "reject"])
def test_an_author_never_decides(database: Database, written: Cast, move: str) -> None:
    with database.writing() as session:
        make.grant(session, written.owner, Role.BUDGET_HOLDER, written.lead)
        case = case_in(session, written)
        services.submit(session, acting(session, written.owner), case)
        with pytest.raises(NotAllowed):
            fire(session, acting(session, written.owner), case, move, reason="Mine")
        assert written.owner.id not in deciders(session, case)
        assert requirements.not_case_author.check(situation(session, written, written.owner)) is False
        assert requirements.not_case_author.check(situation(session, written, written.budget)) is True


def test_whoever_submits_stands_behind_the_case_and_does_not_decide(database: Database, written: Cast) -> None:
    with database.writing() as session:
        other = make.person_as(session, Role.CHALLENGE_OWNER, written.lead)
        make.grant(session, other, Role.BUDGET_HOLDER, written.lead)
        case = case_in(session, written)
        services.submit(session, acting(session, other), case)
        with pytest.raises(NotAllowed):
            fire(session, acting(session, other), case, "approve")


@pytest.mark.parametrize(("pence", "allowed"), [(None, True), (60_000_00, True), (59_999_99, False), (0, False)])
def test_a_budget_holder_decides_up_to_their_limit(
    database: Database, submitted: Cast, pence: int | None, allowed: bool
) -> None:
    with database.writing() as session:
        limit(session, submitted, pence)
        case, budget = case_in(session, submitted), acting(session, submitted.budget)
        assert requirements.within_limit.check(situation(session, submitted, submitted.budget)) is allowed
        assert (submitted.budget.id in deciders(session, case)) is allowed
        if allowed:
            fire(session, budget, case, "approve")
            assert case.state == "approved"
        else:
            with pytest.raises(NotAllowed, match="limit"):
                fire(session, budget, case, "approve")


def test_a_larger_limit_of_another_authority_does_not_count(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        limit(session, submitted, 100)
        make.grant(session, submitted.budget, Role.BUDGET_HOLDER, make.authority(session))
        assert requirements.within_limit.check(situation(session, submitted, submitted.budget)) is False


def test_a_case_goes_back_only_with_a_comment_on_this_submission(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        asks = situation(session, submitted, submitted.budget)
        case, budget = case_in(session, submitted), acting(session, submitted.budget)
        assert requirements.return_has_comments.check(asks) is False
        services.comment(session, budget, case, SectionKey.FINANCIAL, "Show the second year.")
        assert requirements.return_has_comments.check(asks) is True
        effects.return_case(situation(session, submitted, submitted.budget, reason="See the comment."))
    with database.writing() as session:
        owner, case = acting(session, submitted.owner), case_in(session, submitted)
        services.submit(session, owner, case)
        assert requirements.return_has_comments.check(situation(session, submitted, submitted.budget)) is False


def test_returning_and_rejecting_need_a_reason(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        for effect in (effects.return_case, effects.reject_case):
            with pytest.raises(MoveRefused):
                effect(situation(session, submitted, submitted.budget))


def test_authors_do_not_comment_and_nobody_comments_on_a_draft(database: Database, written: Cast) -> None:
    with database.writing() as session:
        case, budget = case_in(session, written), acting(session, written.budget)
        with pytest.raises(NotNow):
            services.comment(session, budget, case, SectionKey.FINANCIAL, "Too soon.")
        services.submit(session, acting(session, written.owner), case)
        with pytest.raises(NotAllowed):
            services.comment(session, acting(session, written.owner), case, SectionKey.FINANCIAL, "Mine is good.")


def test_a_comment_is_removed_by_its_writer_only(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        case, budget = case_in(session, submitted), acting(session, submitted.budget)
        other = acting(session, make.person_as(session, Role.BUDGET_HOLDER, submitted.lead))
        made = services.comment(session, budget, case, SectionKey.FINANCIAL, "Show the second year.")
        with pytest.raises(NotAllowed):
            services.remove_comment(session, other, case, made.id)
        services.remove_comment(session, budget, case, made.id)
        services.remove_comment(session, budget, case, made.id)
        assert requirements.return_has_comments.check(situation(session, submitted, submitted.budget)) is False


def test_requirements_answer_for_a_challenge_without_a_case(database: Database, cast: Cast) -> None:
    names = {
        "case_submitted": False,
        "case_approved": False,
        "five_cases_complete": False,
        "do_nothing_considered": False,
        "option_preferred": False,
        "funding_named": False,
        "return_has_comments": False,
        "no_tender_out": True,
        "not_case_author": True,
        "within_limit": True,
    }
    with database.reading() as session:
        asks = situation(session, cast, cast.budget)
        assert {name: getattr(requirements, name).check(asks) for name in names} == names


def test_after_approval_nothing_more_is_written(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        effects.approve_case(situation(session, submitted, submitted.budget))
        case, owner = case_in(session, submitted), acting(session, submitted.owner)
        assert requirements.case_approved.check(situation(session, submitted, submitted.owner)) is True
        with pytest.raises(NotNow):
            services.take_back(session, owner, case)
        with pytest.raises(NotNow):
            services.save_section(session, owner, case, SectionKey.STRATEGIC, "Later words", 1)
