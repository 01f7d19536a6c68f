"""The pages of challenges: the shop window, the questions, and the desk where a challenge is written."""

from portal.challenges.views import (
    amending,
    answering,
    articulation,
    conflicts,
    desks,
    fitting,
    incidents,
    public,
    questions,
    thinking,
    versions,
)
from portal.challenges.views import starting as beginning
from portal.challenges.views.blueprints import brief, design, starting

blueprints = (public.blueprint, questions.blueprint, starting, design, brief)

__all__ = [
    "amending",
    "answering",
    "articulation",
    "beginning",
    "blueprints",
    "conflicts",
    "desks",
    "fitting",
    "incidents",
    "thinking",
    "versions",
]
