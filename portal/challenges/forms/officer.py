"""What the officer is asked: conflicts, publishing an amendment, moving a deadline."""

from typing import Any

from wtforms import RadioField, ValidationError
from wtforms.validators import InputRequired

from portal.challenges.forms.fields import choices, prose
from portal.web.forms import GovDateTimeField, PortalForm, VersionField


class DeclarationForm(PortalForm):
    """One's own interests."""

    conflicted = RadioField(
        "Do you, or somebody close to you, have an interest in a firm that might answer?",
        choices=choices([("no", "No"), ("yes", "Yes, or it could look like it")]),
        validators=[InputRequired("Say whether you have an interest")],
    )
    detail = prose("What is it?", "", "The firm and your tie to it. Only people inside this challenge see it.", 2_000)

    def validate_detail(self, field: Any) -> None:
        """Whoever says yes has to say what."""
        if self.conflicted.data == "yes" and not field.data:
            raise ValidationError("Say what the interest is")


class ConflictsForm(PortalForm):
    """The officer's assessment."""

    version = VersionField()
    sponsor = prose("What did the sponsor say about their interests?", "Say what the sponsor told you", "", 2_000)
    note_text = prose(
        "Your assessment",
        "Write your assessment",
        "Who could sway a decision, what they declared, and what you did about it.",
        5_000,
    )


class PublishForm(PortalForm):
    """Publishing an amendment to everyone."""

    version = VersionField()
    deadline = RadioField(
        "Is there still enough time to answer?",
        choices=choices([("keep", "Yes, the deadline stays"), ("move", "No, I will move the deadline under “Dates”")]),
        validators=[InputRequired("Say whether there is still enough time")],
    )
    reason = prose(
        "Why does the brief change?", "Say why the brief changes", "Everyone who reads the brief sees this.", 2_000
    )


class ExtendForm(PortalForm):
    """A later deadline for everyone."""

    deadline = GovDateTimeField("New deadline", [InputRequired("Enter the new deadline")])
    reason = prose("Why does it move?", "Say why it moves", "Everyone is told.", 2_000)


class IncidentForm(PortalForm):
    """When the portal was away."""

    began = GovDateTimeField("From", [InputRequired("Enter when it began")])
    ended = GovDateTimeField("Until", [InputRequired("Enter when it was over")])
    what = prose("What happened?", "Say what happened", "It is kept on record, and everyone can read it.", 2_000)

    def validate_ended(self, field: Any) -> None:
        """It ends after it began."""
        if self.began.data and field.data and field.data <= self.began.data:
            raise ValidationError("Enter a time after the one at which it began")


class MitigationForm(PortalForm):
    """What was done about a declared conflict."""

    mitigation = prose(
        "What do you do about it?",
        "Say what you do about it",
        "For example: the person stands aside from scoring, and somebody else approves.",
        2_000,
    )
