"""The pages of assessment: the officer's for each round, the assessor's own, and what a firm is told."""

from portal.assessment.views import deciding, feedback, moderating, panel, preparing, reporting, sheets
from portal.assessment.views.pages import blueprint, tender

__all__ = ["blueprint", "deciding", "feedback", "moderating", "panel", "preparing", "reporting", "sheets"]

blueprint.register_blueprint(tender)
