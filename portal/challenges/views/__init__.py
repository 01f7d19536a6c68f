"""The pages of this room."""

from portal.challenges.views import amending, articulation, conflicts, desks, thinking, versions
from portal.challenges.views import starting as beginning
from portal.challenges.views.blueprints import brief, design, starting

blueprints = (starting, design, brief)

__all__ = ["amending", "articulation", "beginning", "blueprints", "conflicts", "desks", "thinking", "versions"]
"""The pages of challenges."""

from portal.challenges.views import public, questions

blueprints = (public.blueprint, questions.blueprint)
