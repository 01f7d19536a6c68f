"""What a person gives with a move."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from portal.assessment.queries import chosen_with_next
from portal.challenges.forms.fields import choices
from portal.challenges.models import Challenge
from portal.challenges.queries import round_of
from portal.machine import Move
from portal.pathways.vocabulary import deciding_round
from portal.web.forms import GovDateTimeField, PortalForm
from portal.workflow import ASKED


def _key(typed: Any) -> int | None:
    text = str(typed)
    return int(text) if text.isascii() and text.isdigit() else None


class MoveForm(PortalForm):
    """Everything a move may ask for or invite; `form_for` leaves what this one asks for."""

    response_id = RadioField("Which of the chosen firms falls out?", coerce=_key, validate_choice=False)
    deadline = GovDateTimeField(
        "New deadline",
        description="For example 27 3 2027 at 12 noon, London time.",
        validators=[InputRequired(ASKED["deadline"])],
    )
    reason = TextAreaField(
        "Why?",
        description="It is kept on record, and told to everyone it concerns.",
        validators=[InputRequired(ASKED["reason"]), Length(max=4000, message="Use 4,000 characters or fewer.")],
    )

    note = TextAreaField(
        "Anything to say with it? (optional)",
        description="It stands beside your name wherever this decision is shown.",
        validators=[Length(max=4000, message="Use 4,000 characters or fewer.")],
    )

    def validate_response_id(self, field: Any) -> None:
        """One of the firms on the page, and no other."""
        if field.data not in {each.value for each in field.choices}:
            raise ValidationError(ASKED["response_id"])


def form_for(session: Session, challenge: Challenge, move: Move, *, confirming: bool) -> MoveForm:
    """The form of one move; the second of two people confirms what the first one gave, and adds a note at most."""
    form = MoveForm()
    for name in ("response_id", "deadline", "reason"):
        if confirming or name not in move.asks:
            delattr(form, name)
    if "note" not in move.invites:
        del form.note
    if "response_id" in form:
        form.response_id.choices = choices((each.response_id, each.firm) for each in chosen_firms(session, challenge))
    return form


@dataclass(frozen=True, slots=True)
class ChosenFirm:
    """A firm that could fall out of an award, and what follows where it does."""

    response_id: int
    firm: str
    follows: str


def chosen_firms(session: Session, challenge: Challenge) -> list[ChosenFirm]:
    """The firms of the present award, best first."""
    asked = round_of(session, challenge, deciding_round(challenge))
    return [
        ChosenFirm(
            fallen.response_id,
            fallen.response.organisation.name,
            f"{following.response.organisation.name} is next in the ranking."
            if following
            else "Nobody else who met the minimum is left: this firm cannot be replaced.",
        )
        for fallen, following in (chosen_with_next(session, asked) if asked else ())
    ]
