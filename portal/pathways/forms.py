"""What a person gives with a move."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from portal.machine import Move
from portal.web.forms import GovDateTimeField, PortalForm


class MoveForm(PortalForm):
    """A reason and a new deadline, each only where the move asks for it."""

    reason = TextAreaField(
        "Why?",
        description="It is kept on record, and told to everyone it concerns.",
        validators=[InputRequired("Say why."), Length(max=4000, message="Use 4,000 characters or fewer.")],
    )
    deadline = GovDateTimeField(
        "New deadline",
        description="For example 27 3 2027 at 12 noon, London time.",
        validators=[InputRequired("Say when the new deadline is.")],
    )


def form_for(move: Move, *, confirming: bool) -> MoveForm:
    """The form of one move; the second of two people confirms what the first one gave and types nothing."""
    form = MoveForm()
    for asked in ("reason", "deadline"):
        if confirming or asked not in move.asks:
            delattr(form, asked)
    return form
