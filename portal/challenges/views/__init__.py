"""The pages of challenges."""

from portal.challenges.views import public, questions

blueprints = (public.blueprint, questions.blueprint)
