"""What pages about one phase share."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.partnerships.models import Phase
from portal.web.forms import PortalForm


def phase_form(template: str, phase: Phase, form: PortalForm, **shown: Any) -> ResponseReturnValue:
    """A form about one phase: 422 where it was sent and is shown again."""
    partnership = phase.partnership
    page = render_template(
        template, phase=phase, partnership=partnership, challenge=partnership.challenge, form=form, **shown
    )
    return page, 422 if form.is_submitted() else 200
