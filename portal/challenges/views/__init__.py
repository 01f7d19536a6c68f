"""The pages of challenges: the shop window, the questions, and the desk where a challenge is written."""

from portal.challenges.views import (
    amending,
    articulation,
    conflicts,
    desks,
    fitting,
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
    "articulation",
    "beginning",
    "blueprints",
    "conflicts",
    "desks",
    "fitting",
    "thinking",
    "versions",
]
