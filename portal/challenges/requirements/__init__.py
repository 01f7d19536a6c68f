"""The checks this room offers to the pathways, each one human sentence with the page where it is met."""

from portal.challenges.requirements.amending import amendment_proposed, amendment_sound, deadline_reconsidered
from portal.challenges.requirements.articulation import (
    brief_complete,
    conflicts_assessed,
    deal_complete,
    lots_considered,
    not_an_author,
    route_chosen,
)
from portal.challenges.requirements.rounds import (
    deadline_ahead,
    deadline_lawful,
    deadline_of,
    form_proportionate,
    incident_recorded,
    new_deadline_later,
    questions_close_before_deadline,
    time_restored,
    weights_add_up,
)
from portal.challenges.requirements.thinking import (
    engagement_held,
    question_chosen,
    sponsor_named,
    user_need_with_evidence,
)

__all__ = [
    "amendment_proposed",
    "amendment_sound",
    "brief_complete",
    "conflicts_assessed",
    "deadline_ahead",
    "deadline_lawful",
    "deadline_of",
    "deadline_reconsidered",
    "deal_complete",
    "engagement_held",
    "form_proportionate",
    "incident_recorded",
    "lots_considered",
    "new_deadline_later",
    "not_an_author",
    "question_chosen",
    "questions_close_before_deadline",
    "route_chosen",
    "sponsor_named",
    "time_restored",
    "user_need_with_evidence",
    "weights_add_up",
]
