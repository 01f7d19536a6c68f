"""What a firm is told of its own response: nobody else's score, place or existence is on this page."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.assessment.models import Decision, Outcome, OutcomeFeedback
from portal.assessment.queries import outcome_for_firm
from portal.assessment.views.figures import percent, points
from portal.assessment.views.pages import blueprint
from portal.policy import Permission
from portal.web import access

_WORDS = {
    Decision.CHOSEN: ("You have been chosen", "Your response goes on to the next step. We will be in touch about it."),
    Decision.NOT_CHOSEN: ("You have not been chosen this time", "Thank you for the work you put into your response."),
    Decision.INELIGIBLE: ("Your response could not be assessed", "Thank you for the work you put into it."),
}


@blueprint.get("/responses/<reference>/feedback")
@access(Permission.RESPONSE_WRITE, find=outcome_for_firm)
def feedback(outcome: Outcome) -> ResponseReturnValue:
    """A firm's own outcome, scores and reasons."""
    said, lead = _WORDS[outcome.decision]
    return render_template(
        "assessment/feedback.html",
        outcome=outcome,
        response=outcome.response,
        challenge=outcome.response.challenge,
        said=said,
        lead=lead,
        total=percent(outcome.total),
        rows=[(each, points(each.score_hundredths)) for each in outcome.feedback],
        bars=[_bar(each) for each in outcome.feedback],
    )


def _bar(given: OutcomeFeedback) -> dict[str, Any]:
    """A criterion's score as a bar: how far it fills the highest possible one, with its weight in words."""
    most = given.criterion.max_score
    return {
        "label": f"{given.criterion.name} ({given.criterion.weight}% of the total)",
        "value": given.score_hundredths / most,
        "text": f"{points(given.score_hundredths)} of {most}",
    }
