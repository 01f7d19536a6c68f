"""What a firm types about itself."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from portal.web.forms import PortalForm, VersionField

LONGEST = 2_000
_LONG = Length(max=LONGEST, message="Use at most 2,000 characters.")


class ProfileForm(PortalForm):
    """A firm in plain words. Nothing is required: what is left out is not shown."""

    summary = TextAreaField(
        "What do you do?",
        validators=[_LONG],
        description="As you would tell a neighbour. Buyers find you by these words.",
    )
    developed = TextAreaField(
        "What have you developed and sold already?",
        validators=[_LONG],
        description="Something that works and that somebody bought or uses, even if it was for something else.",
    )
    proof = TextAreaField(
        "What shows that it works?",
        validators=[_LONG],
        description="A customer who would say so, a trial, a test, a certificate.",
    )
    interests = TextAreaField(
        "Which problems would you like to work on? (optional)",
        validators=[_LONG],
        description="For example, warm homes, travel without a car, getting food to people who cannot shop.",
    )
    social_impact = TextAreaField(
        "What changes for people because of your work? (optional)",
        validators=[_LONG],
        description="Written once, used wherever you are asked for social value. Say who is better off, in which way, "
        "and how you know. No pounds are needed.",
    )
    shown = BooleanField("Show us in the public register, and to buyers who look for firms")
    version = VersionField()
