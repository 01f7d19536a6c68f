"""The forms with which challenges begin."""

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.challenges.forms.fields import choices, line
from portal.challenges.pathway import Pathway
from portal.web.forms import PortalForm


class StartForm(PortalForm):
    """What must be known to begin; `place` is a body (`o3`) or one of its directorates (`d5`)."""

    pathway = RadioField(
        "Has the money been found?",
        choices=choices(
            [
                (Pathway.SHOWCASE.value, "No, not yet"),
                (Pathway.DIRECT.value, "Yes, we know where it comes from"),
            ]
        ),
        validators=[InputRequired("Say whether the money has been found")],
    )
    title = line(
        "What is the problem called?", 160, "Give the challenge a title", "A few plain words. You can change it later."
    )
    place = SelectField("Who has the problem?", validate_choice=True)
    theme = line("Theme", 60, "", "One or two words by which firms look for it, such as transport or housing")
    owner = SelectField("Challenge owner", coerce=int, validators=[Optional()])


class TitleForm(PortalForm):
    """The title of a copy."""

    title = line("Title of the new challenge", 160, "Give the new challenge a title")


class SplitForm(PortalForm):
    """The titles of the parts."""

    first = line("Title of the first part", 160, "Give the first part a title")
    second = line("Title of the second part", 160, "Give the second part a title")
    third = line("Title of a third part, if there is one", 160)


class MergeForm(PortalForm):
    """Which challenges become one."""

    others = SelectMultipleField(
        "Merge it with",
        coerce=int,
        validators=[InputRequired("Choose at least one other challenge")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    title = line("Title of the merged challenge", 160, "Give the merged challenge a title")
