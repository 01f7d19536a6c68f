"""Asking and answering."""

from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.web.forms import PortalForm, VersionField

MOST_CHARACTERS = 3_000


class QuestionForm(PortalForm):
    """A question, asked privately."""

    text = TextAreaField(
        "Your question",
        validators=[
            DataRequired("Write your question."),
            Length(max=MOST_CHARACTERS, message=f"Keep your question to {MOST_CHARACTERS:,} characters."),
        ],
    )

    confidential = BooleanField("Something in it is confidential: agree with me how it is published")


class WordingForm(PortalForm):
    """How a confidential question could be published, or how whoever asked agrees to it."""

    wording = TextAreaField(
        "The question, as everyone will read it",
        validators=[
            DataRequired("Write the question as everyone will read it."),
            Length(max=MOST_CHARACTERS, message=f"Keep the question to {MOST_CHARACTERS:,} characters."),
        ],
    )
    version = VersionField()


class MergeForm(PortalForm):
    """The question that asks the same."""

    into = RadioField(
        "Which question asks the same?", validators=[InputRequired("Choose the question that asks the same.")]
    )
    version = VersionField()


class BatchForm(PortalForm):
    """Publish exactly the answers that were on the page."""

    batch = HiddenField(validators=[Length(max=64)])


class AnswerForm(PortalForm):
    """The question as everybody shall read it, and the answer."""

    published_text = TextAreaField(
        "The question, as everyone will read it",
        validators=[
            DataRequired("Write the question as everyone will read it."),
            Length(max=MOST_CHARACTERS, message=f"Keep the question to {MOST_CHARACTERS:,} characters."),
        ],
    )
    answer = TextAreaField(
        "Your answer",
        validators=[
            DataRequired("Write your answer."),
            Length(max=10_000, message="Keep your answer to 10,000 characters."),
        ],
    )
    version = VersionField()


class ApproveForm(PortalForm):
    """Approve exactly what was checked."""

    version = VersionField()


class DeclineForm(PortalForm):
    """Why a question is not answered."""

    reason = TextAreaField(
        "Why is it not answered?",
        validators=[
            DataRequired("Say why, so that the one who asked understands."),
            Length(max=2_000, message="Keep the reason to 2,000 characters."),
        ],
    )
    version = VersionField()
