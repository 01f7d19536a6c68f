"""What an officer says of the form the authority used to send out."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from portal.web.forms import GovDateField, PortalForm, WholeNumberField, one_line


def _count(label: str, description: str, most: int) -> WholeNumberField:
    asked = [InputRequired("Enter a number; nought if there are none."), NumberRange(0, most, f"Enter 0 to {most:,}.")]
    return WholeNumberField(label, validators=asked, description=description)


class UsualFormForm(PortalForm):
    """One usual form, counted."""

    name = StringField(
        "What is it called?",
        validators=[DataRequired("Say what it is called."), Length(max=160, message="Use at most 160 characters.")],
        filters=[one_line],
        description="For example, request for quotation, version 4.",
    )
    since = GovDateField("Used since", validators=[InputRequired("Enter the day since when it is used.")])
    questions = _count("How many questions does it ask?", "Everything a firm must write something to.", 500)
    words = _count(
        "How many words may a firm write altogether?", "Add up the limits; without limits, count an answer.", 200_000
    )
    documents = _count("How many documents must it send?", "Accounts, certificates, policies, references.", 200)
    document_minutes = _count(
        "How many minutes does it take to find and send them?", "Altogether. Ask a firm that did it.", 20_000
    )
    source = TextAreaField(
        "How do you know?",
        validators=[DataRequired("Say how you know."), Length(max=1000, message="Use at most 1,000 characters.")],
        description="Who counted, and whom you asked. Readers of the comparison see this.",
    )

    @property
    def cleaned(self) -> dict[str, Any]:
        """What the service takes."""
        names = ("name", "since", "source", "questions", "words", "documents", "document_minutes")
        return {each: self[each].data for each in names}
