"""The form base: CSRF, dates in three boxes, money in pounds, and the version a person began from."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField, ValidationError
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from portal.db import Conflict
from portal.law.money import parse_pounds, pounds
from portal.text import tidy
from portal.web.filters import LONDON, clock_time


class PortalForm(FlaskForm):
    """Every form of the portal. Errors are sentences beside their fields.

    Texts are stripped, and freed of the characters that no database stores.
    """

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Strip what is typed into every text field."""
            filters = [*unbound_field.kwargs.get("filters", ())]
            if issubclass(unbound_field.field_class, StringField):
                filters.append(_stripped)
            bound: Field = unbound_field.bind(form=form, filters=filters, **options)
            return bound


def keep_typed(mistaken: FlaskForm | None, *, offered: bool) -> None:
    """Raise `Conflict` where a form comes back with errors and the page it belongs to no longer offers it.

    Somebody else was quicker; without this the page would show neither the form nor what was typed into it, whereas the
    page of a conflict shows all of it to copy.
    """
    if mistaken is not None and not offered:
        raise Conflict("what this form does can no longer be done")


def one_line(text: Any) -> Any:
    """A name as it is kept: in one line, because names go into the subjects of mails."""
    return " ".join(text.split()) if isinstance(text, str) else text


def _stripped(text: Any) -> Any:
    return tidy(text).strip() if isinstance(text, str) else text


class VersionField(HiddenField):
    """The version of the row a person began to edit from; anything else than a number is version None."""

    def __init__(self, **options: Any) -> None:
        super().__init__("", **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was sent; a form that leaves it out does not get the row's own version for it."""
        self.data = valuelist[0] if valuelist else None

    @property
    def number(self) -> int | None:
        """The version as a number."""
        text = str(self.data)
        return int(text) if text.isascii() and text.isdigit() else None


class Read:
    """Put what was typed into the form it is kept in, or say what is wrong with it; nothing typed is nothing wrong."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read

    def __call__(self, form: Any, field: Field) -> None:
        """Check a field of a form."""
        if not field.data:
            return
        try:
            field.data = self.read(field.data)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


class WholeNumberField(IntegerField):
    """A whole number; what is none keeps what was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; an empty box is None."""
        typed = valuelist[0].strip().replace(",", "") if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
        if typed and self.data is None:
            raise ValueError("Enter a whole number, for example 4.")

    def pre_validate(self, form: Any) -> None:
        """What is no number needs no further check."""
        if self.process_errors:
            raise StopValidation


class MoneyField(StringField):
    """An amount typed in pounds (£40,000, 40k, 1.5m), kept in whole pence."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; an empty box is None."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data: Any = None
        if self.typed:
            try:
                self.data = parse_pounds(self.typed)
            except ValueError as problem:
                raise ValidationError(str(problem)) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        amount: Any = self.data
        return pounds(amount).removeprefix("£") if isinstance(amount, int) else ""


class GovDateField(Field):
    """A date in three boxes, `<name>-day`, `<name>-month` and `<name>-year`; impossible dates keep what was typed."""

    day = month = year = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the three boxes, or show the date the form began with."""
        self.process_errors = []
        if data is unset_value:
            data = self.default() if callable(self.default) else self.default
        self.object_data = data
        self.data = data
        self._show(data)
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in ("day", "month", "year")):
            self.raw_data = self._read(formdata)
            try:
                self.data = self._understand()
            except ValueError as problem:
                self.data = None
                self.process_errors.append(str(problem))
        else:
            self.raw_data = [str(data)] if data else []

    def _show(self, data: Any) -> None:
        self.day, self.month, self.year = (str(data.day), str(data.month), str(data.year)) if data else ("", "", "")

    def _read(self, formdata: Any) -> list[str]:
        self.day, self.month, self.year = (
            (formdata.get(f"{self.name}-{part}") or "").strip() for part in ("day", "month", "year")
        )
        return [part for part in (self.day, self.month, self.year) if part]

    def _date(self) -> date | None:
        typed = (self.day, self.month, self.year)
        if not any(typed):
            return None
        if not all(part.isascii() and part.isdigit() for part in typed):
            raise ValueError("Enter a day, a month and a year in numbers, for example 27 3 2027.")
        try:
            found = date(int(self.year), int(self.month), int(self.day))
        except (ValueError, OverflowError):  # 31 February; a year of twenty figures
            raise ValueError("There is no such date. Check the day, the month and the year.") from None
        if not 2000 <= found.year <= 2100:
            raise ValueError("Write the year with four numbers, for example 2027.")
        return found

    def _understand(self) -> Any:
        return self._date()

    def pre_validate(self, form: Any) -> None:
        """Stop at what could not be read, so that the message is about that and not about a missing date."""
        if self.process_errors:
            raise StopValidation


class GovDateTimeField(GovDateField):
    """A moment in London: a date in three boxes and a time in one (`<name>-time`: 12 noon, 5pm, 17:00)."""

    time = ""

    def _show(self, data: Any) -> None:
        local = data.astimezone(LONDON) if data else None
        super()._show(local)
        self.time = clock_time(data) if data else ""

    def _read(self, formdata: Any) -> list[str]:
        parts = super()._read(formdata)
        self.time = (formdata.get(f"{self.name}-time") or "").strip()
        return [*parts, self.time] if self.time else parts

    def _understand(self) -> datetime | None:
        day = self._date()
        if day is None:
            if self.time:
                raise ValueError("Enter the date as well as the time.")
            return None
        return datetime.combine(day, parse_time(self.time or "12 noon"), LONDON)


_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$")


def parse_time(text: str) -> time:
    """Read 12 noon, midnight, 5pm, 5:30 pm or 17:30. Raises `ValueError` with a sentence."""
    said = text.strip().lower().replace("noon", "").strip() if "noon" in text.lower() else text.strip().lower()
    if said in {"", "12"} and "noon" in text.lower():
        return time(12)
    if said == "midnight":
        return time(0)
    found = _TIME.match(said)
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24 and minute < 60 and (half or found[2]):
            return time(hour, minute)
    raise ValueError("Enter a time such as 12 noon, 5pm or 17:30.")
