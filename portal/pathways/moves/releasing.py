"""The problem is understood, the brief written, released, changed in the open, and closed by the clock."""

from portal.challenges import requirements as brief
from portal.challenges.models import RoundKind
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.services import release as published
from portal.challenges.services.declaring import officers_asked
from portal.machine import Move
from portal.network.reserving.requirements import reservation_lawful
from portal.notices import requirements as notices
from portal.pathways.vocabulary import CALL, LEAD, PROCURE, TENDER
from portal.responses import effects as answered
from portal.responses import requirements as responses


def finish_design_thinking() -> Move:
    """The problem is understood and boiled down to one question."""
    return Move(
        name="finish_design_thinking",
        title="Finish design thinking",
        sources=frozenset({At.DESIGN_THINKING}),
        target=At.ARTICULATION,
        who=(LEAD,),
        requirements=(
            brief.engagement_held,
            brief.user_need_with_evidence,
            brief.question_chosen,
            brief.sponsor_named,
        ),
        effects=(officers_asked,),
        meaning="The brief can be written.",
    )


def release() -> Move:
    """The brief is published by somebody who did not write it; firms can answer until the deadline."""
    return Move(
        name="release",
        title="Release the challenge",
        sources=frozenset({At.ARTICULATION}),
        target=At.OPEN,
        who=(PROCURE,),
        bars=(brief.not_an_author,),
        requirements=(
            brief.brief_complete,
            brief.deal_complete,
            brief.weights_add_up(CALL),
            brief.form_proportionate(CALL),
            brief.route_chosen,
            brief.lots_considered,
            reservation_lawful,
            brief.conflicts_assessed,
            brief.questions_close_before_deadline(CALL),
            brief.deadline_lawful(CALL),
            notices.notices_before_release,
        ),
        stamps=("released_at",),
        effects=(published.publish_brief,),
        meaning="The brief is published as you see it in the preview, and firms can answer.",
    )


def amend() -> Move:
    """The brief changes while it is open: a numbered version, with its differences shown and everyone told."""
    return Move(
        name="amend",
        title="Publish the amendment",
        sources=frozenset({At.OPEN}),
        target=None,
        who=(PROCURE,),
        requirements=(
            brief.amendment_proposed,
            brief.amendment_sound,
            brief.deadline_reconsidered,
            brief.deadline_ahead(CALL),
            notices.revised_notice_recorded,
        ),
        asks=("reason",),
        effects=(published.publish_amendment, answered.ask_to_reconfirm),
        meaning="A numbered version with its differences shown. Every firm is told; those who submitted must confirm.",
    )


def extend(kind: RoundKind = CALL) -> Move:
    """One audited act that gives everyone more time, in the challenge's own round or its tender's."""
    tender = kind is TENDER
    return Move(
        name="extend_tender" if tender else "extend",
        title="Extend the tender deadline" if tender else "Extend the deadline",
        sources=frozenset({At.TENDER if tender else At.OPEN}),
        target=None,
        who=(PROCURE,),
        requirements=(brief.deadline_ahead(kind), brief.new_deadline_later(kind), brief.time_restored(kind)),
        asks=("deadline", "reason"),
        effects=(published.move_deadline(kind), answered.tell_everyone(kind, "responses.extended")),
        meaning="Everyone gets the same new deadline and is told why.",
    )


def reopen(kind: RoundKind = CALL) -> Move:
    """The portal itself was away: two officers give everyone more time, before anything was opened."""
    tender = kind is TENDER
    return Move(
        name="reopen_tender" if tender else "reopen",
        title="Reopen the tender after an incident" if tender else "Reopen after an incident",
        sources=frozenset({At.TENDER_ASSESSMENT if tender else At.ASSESSMENT}),
        target=At.TENDER if tender else At.OPEN,
        who=(PROCURE, PROCURE),
        requirements=(
            brief.incident_recorded(kind),
            responses.nothing_opened_yet(kind),
            brief.new_deadline_later(kind),
            brief.time_restored(kind),
        ),
        asks=("deadline", "reason"),
        effects=(published.move_deadline(kind), answered.tell_everyone(kind, "responses.reopened")),
        meaning="Only where the portal failed before the deadline. Everyone is told.",
    )


def close() -> Move:
    """The deadline passes; nobody needs to do anything."""
    return Move(
        name="close",
        title="The deadline passes",
        sources=frozenset({At.OPEN}),
        target=At.ASSESSMENT,
        due=brief.deadline_of(CALL),
        meaning="Responses can be opened by two people.",
    )
