"""The forms of design thinking."""

from datetime import date
from typing import Any

from wtforms import EmailField, RadioField, SelectField, ValidationError
from wtforms.validators import Email, InputRequired, Length, Optional

from portal.challenges.forms.fields import choices, line, number, prose
from portal.db import clock
from portal.law.calendar import london_date
from portal.web.forms import GovDateField, PortalForm, VersionField


class SessionForm(PortalForm):
    """A session that was held: when, where, with whom, and what it taught."""

    version = VersionField()
    held_on = GovDateField("When was it?", [InputRequired("Enter the day it was held")])
    place = line("Where was it?", 160, "Say where it was held", "For example: Larkfield day centre")
    who_came = prose("Who came?", "Say who came", "What they are, not their names: four travellers, a trainer", 2_000)
    people_count = number("How many people came?", least=1, most=10_000, missing="Enter how many people came")
    learnt = prose("What did you learn?", "Say what you learnt", "What surprised you")

    def validate_held_on(self, field: Any) -> None:
        """A session counts once it has been held."""
        if isinstance(field.data, date) and field.data > london_date(clock.now()):
            raise ValidationError("Enter a day that has come: add the session once it has been held")


class NeedForm(PortalForm):
    """What somebody needs, and how that is known."""

    version = VersionField()
    who = line("Who has this need?", 160, "Say who has this need", "For example: families and supporters")
    need = prose("What do they need?", "Say what they need", "To do or to know something; not a product")
    evidence = prose(
        "How do you know?",
        "",
        "What you saw or counted, or who told you. You can add it later.",
    )


class QuestionForm(PortalForm):
    """A question that the challenge might ask."""

    version = VersionField()
    text = prose("How might we …?", "Write the question", "One sentence that begins “How might we”", 600)


class SponsorForm(PortalForm):
    """Who answers for the challenge."""

    version = VersionField()
    name = line("Name", 120, "Enter the sponsor's name")
    title = line("What they are", 120, "Say what they are", "For example: assistant director, commissioning")
    email = EmailField(
        "Their e-mail address",
        validators=[Optional(), Length(max=254), Email("Enter an e-mail address like name@example.org.")],
        description="Optional. We ask them to tell the procurement officer of any tie to a firm that might answer.",
    )


class BodyForm(PortalForm):
    """A body that takes part."""

    body = SelectField("Which body?", coerce=int)
    part = RadioField(
        "What is its part?",
        choices=choices([("joint", "It shares the challenge (joint authority)"), ("support", "It supports the firms")]),
        validators=[InputRequired("Say what its part is")],
    )


class ConfirmForm(PortalForm):
    """Nothing but a yes to what the page says."""

    version = VersionField()
