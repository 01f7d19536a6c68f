"""What is typed to draw a circle."""

import re

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from portal.law import companies
from portal.network.local.placing import island_of
from portal.web.forms import PortalForm, Read, VersionField, WholeNumberField, one_line

_LETTERS = re.compile(r"([A-Z]{1,2})(?:(\d[A-Z\d]?)(?: ?(\d))?)?")


def beginning(text: str) -> str:
    """The beginning of postcodes: an area (B), a district (B9) or, after a blank, a sector (B9 4).

    Raises `ValueError` with a sentence.
    """
    typed = " ".join(text.upper().split())
    found = _LETTERS.fullmatch(typed)
    if found is None or not typed.isascii() or (found[3] and " " not in typed):
        raise ValueError("Enter how the postcodes begin, such as B, B9 or B9 4.")
    if island := island_of(typed):
        raise ValueError(f"{typed} is {island}, outside the United Kingdom. No circle can hold it.")
    return typed


class CircleForm(PortalForm):
    """The authority's own words for a circle."""

    name = StringField(
        "What do you call it? (optional)",
        validators=[Length(max=120, message="Use at most 120 characters.")],
        filters=[one_line],
        description="For example, the name of your city or combined authority.",
    )
    reason = TextAreaField(
        "Why is it drawn like this? (optional)",
        validators=[Length(max=2000, message="Use at most 2,000 characters.")],
        description="Readers of your figures see this beside them.",
    )
    version = VersionField()


class LettersForm(PortalForm):
    """Postcodes by how they begin."""

    letters = StringField(
        "Postcodes that begin with",
        validators=[InputRequired("Enter how the postcodes begin."), Read(beginning)],
        description="B is all of the area, B9 a district, B9 4 a sector.",
    )


class RadiusForm(PortalForm):
    """Everything within some kilometres of a postcode."""

    postcode = StringField(
        "Postcode in the middle",
        validators=[InputRequired("Enter the postcode in the middle."), Read(companies.postcode)],
    )
    kilometres = WholeNumberField(
        "Kilometres around it",
        validators=[
            InputRequired("Enter the number of kilometres."),
            NumberRange(1, 300, "Enter a number from 1 to 300."),
        ],
        description="As the crow flies, from 1 to 300.",
    )
