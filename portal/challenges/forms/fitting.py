"""The form of a fit check: one answer for each question that a brief leads to."""

from functools import lru_cache

from wtforms import RadioField
from wtforms.validators import InputRequired

from portal.challenges import fit
from portal.challenges.forms.fields import choices
from portal.web.forms import PortalForm


class FitForm(PortalForm):
    """Without a token, which would set a cookie: it is sent by GET, and changes nothing."""

    class Meta(PortalForm.Meta):
        csrf = False


@lru_cache(maxsize=64)
def fit_form(questions: tuple[fit.Ask, ...]) -> type[FitForm]:
    """The form that asks these questions."""
    fields = {
        ask.key: RadioField(
            f"{number}. {ask.text}",
            description=ask.hint,
            choices=choices(fit.SAID.items()),
            validators=[InputRequired(f"Answer question {number}. Choose “We are not sure” if you cannot tell.")],
        )
        for number, ask in enumerate(questions, start=1)
    }
    return type("BriefFitForm", (FitForm,), fields)
