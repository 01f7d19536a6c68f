"""Fields that several of this room's forms use."""

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation

Options = Iterable[tuple[Any, str]]

LONGEST_TEXT = 20_000
"""Characters of one long text; ten pages."""


class WholeNumberField(IntegerField):
    """A number without decimals, with a sentence for anything else."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read digits, with commas where people put them."""
        typed = str(valuelist[0]).strip().replace(",", "") if valuelist else ""
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
            raise ValidationError("Enter a whole number, for example 12")
        self.data = int(typed)

    def pre_validate(self, form: Any) -> None:
        """Stop at what could not be read, so that one sentence is said about it and not two."""
        if self.process_errors:
            raise StopValidation


def choices(options: Options) -> list[SelectChoice]:
    """Pairs of a value and its words, as fields of choices take them."""
    return [SelectChoice(value, words) for value, words in options]


def number(label: str, *, least: int = 0, most: int = 1_000_000, missing: str = "") -> WholeNumberField:
    """A whole number from `least` to `most`; with `missing`, the sentence said where there is none."""
    within = NumberRange(least, most, f"Enter a number from {least:,} to {most:,}")
    return WholeNumberField(label, [InputRequired(missing) if missing else Optional(), within])


def line(label: str, most: int, missing: str = "", description: str = "") -> StringField:
    """One line of text of at most `most` characters."""
    return StringField(label, _text(most, missing), description=description)


def prose(label: str, missing: str = "", description: str = "", most: int = LONGEST_TEXT) -> TextAreaField:
    """A text of several lines."""
    return TextAreaField(label, _text(most, missing), description=description)


def _text(most: int, missing: str) -> list[Any]:
    longest = Length(max=most, message=f"Use no more than {most:,} characters")
    return [DataRequired(missing), longest] if missing else [longest]
