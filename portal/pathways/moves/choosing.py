"""Who goes on: the challenge's own round, and the tender that must follow market engagement."""

from collections.abc import Iterable
from typing import Any

from portal.assessment import requirements as judging
from portal.assessment.services import sending as judged
from portal.challenges import requirements as brief
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.services import release as published
from portal.machine import Fork, Move, Requirement, Situation
from portal.notices import requirements as notices
from portal.pathways.vocabulary import CALL, PROCURE, TENDER, needs_tender
from portal.responses import requirements as responses
from portal.support import effects as supported


def _selection(kind: RoundKind) -> tuple[Requirement, ...]:
    return (
        responses.opened(kind),
        responses.eligibility_decided(kind),
        responses.only_one_explained(kind),
        judging.quorum_locked(kind),
        judging.spreads_moderated(kind),
        judging.outcomes_decided(kind),
        judging.ranking_respected(kind),
        judging.somebody_chosen(kind),
    )


def select(
    *,
    target: str | Fork,
    requirements: tuple[Requirement, ...] = (),
    effects: Iterable[Any] = (),
) -> Move:
    """The firms that go on are chosen, and everybody who answered is told why, together."""
    return Move(
        name="select",
        title="Select firms and send outcomes",
        sources=frozenset({At.ASSESSMENT}),
        target=target,
        who=(PROCURE,),
        requirements=_selection(CALL) + requirements,
        effects=(judged.send_outcomes(CALL), *effects),
        meaning="Outcomes and feedback go to every firm at the same moment.",
    )


TENDER_READY: tuple[Requirement, ...] = (
    brief.weights_add_up(TENDER),
    brief.form_proportionate(TENDER),
    brief.questions_close_before_deadline(TENDER),
    brief.deadline_lawful(TENDER),
    brief.conflicts_assessed,
    notices.notices_before_tender,
)
"""What must be true before tenders can be invited."""


def open_tender_where_due(at: Situation[Challenge]) -> None:
    """Open the tender round where the release was engagement; nothing to do otherwise."""
    if needs_tender(at):
        published.publish_tender(at)


def invite_tenders(*, sources: Iterable[str], requirements: tuple[Requirement, ...]) -> Move:
    """After market engagement anyone may tender; what supported firms learnt is public."""
    return Move(
        name="invite_tenders",
        title="Invite tenders",
        sources=frozenset(sources),
        target=At.TENDER,
        who=(PROCURE,),
        bars=(brief.not_an_author,),
        when=needs_tender,
        requirements=requirements + TENDER_READY,
        effects=(supported.publish_pack, published.publish_tender),
        meaning="Anyone may answer, with or without having taken part before. The support pack is public.",
    )


def close_tender() -> Move:
    """The tender deadline passes."""
    return Move(
        name="close_tender",
        title="The tender deadline passes",
        sources=frozenset({At.TENDER}),
        target=At.TENDER_ASSESSMENT,
        due=brief.deadline_of(TENDER),
        meaning="Tenders can be opened by two people.",
    )


def select_tender() -> Move:
    """The winning tender is chosen by its published ranking."""
    return Move(
        name="select_tender",
        title="Select the winning tender and send outcomes",
        sources=frozenset({At.TENDER_ASSESSMENT}),
        target=At.AWARD,
        who=(PROCURE,),
        requirements=_selection(TENDER),
        effects=(judged.send_outcomes(TENDER),),
        meaning="Outcomes and feedback go to every tenderer at the same moment.",
    )
