"""The checks this room offers to the pathways, each one human sentence with the page where it is met."""

from portal.challenges.requirements.amending import amendment_prepared, deadline_lawful_after_amendment
from portal.challenges.requirements.articulation import (
    brief_complete,
    conflicts_assessed,
    content_digest,
    deal_complete,
    lots_considered,
    not_an_author,
    route_chosen,
)
from portal.challenges.requirements.rounds import (
    deadline_ahead,
    deadline_lawful,
    deadline_of,
    new_deadline_later,
    questions_close_before_deadline,
    weights_add_up,
)
from portal.challenges.requirements.thinking import (
    engagement_held,
    question_chosen,
    sponsor_named,
    user_need_with_evidence,
)

__all__ = [
    "amendment_prepared",
    "brief_complete",
    "conflicts_assessed",
    "content_digest",
    "deadline_ahead",
    "deadline_lawful",
    "deadline_lawful_after_amendment",
    "deadline_of",
    "deal_complete",
    "engagement_held",
    "lots_considered",
    "new_deadline_later",
    "not_an_author",
    "question_chosen",
    "questions_close_before_deadline",
    "route_chosen",
    "sponsor_named",
    "user_need_with_evidence",
    "weights_add_up",
]
