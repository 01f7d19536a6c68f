from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from tests.support.page import Page
from tests.unit.look.conftest import Render

THEMES = [SelectChoice("", "Choose"), SelectChoice("h", "Housing")]
KINDS = [SelectChoice("engagement", "Early conversation"), SelectChoice("first", "First round")]
SIZES = [SelectChoice("sole", "Sole traders"), SelectChoice("sme", "SMEs")]


class DateField(Field):
    """As the portal's own: the three raw texts, kept as they came."""

    day, month, year = "31", "2", "2027"


class DateTimeField(DateField):
    time = "12 noon"


class MoneyField(StringField):
    pass


class Phase(Form):
    name = StringField("Phase", [InputRequired("Name the phase")])


class Brief(Form):
    version = HiddenField(default="3")
    title = StringField("Title", [InputRequired("Enter a title"), Length(max=9)], description="In plain words")
    email = EmailField("E-mail address", [InputRequired("Enter an e-mail address")])
    password = PasswordField("Password", [InputRequired("Enter a password")])
    story = TextAreaField("Story", [InputRequired("Tell the story"), Length(max=50)])
    hours = IntegerField("Hours", [InputRequired("Enter the hours")])
    budget = MoneyField("Budget", [InputRequired("Enter the budget")])
    theme = SelectField("Theme", [InputRequired("Choose a theme")], choices=THEMES)
    kind = RadioField("Kind", [InputRequired("Choose a kind")], choices=KINDS)
    who = SelectMultipleField("Who", [InputRequired("Choose who")], choices=SIZES)
    agree = BooleanField("I agree", [InputRequired("Agree first")])
    drawing = FileField("Drawing", [InputRequired("Choose a file")])
    opens = DateField("Opens", [InputRequired("Enter when it opens")])
    closes = DateTimeField("Closes", [InputRequired("Enter when it closes")])


NAMES = [name for name in Brief()._fields if name != "version"]


@pytest.fixture
def filled(render: Render) -> Callable[..., Page]:
    """Render the brief's fields as they come back with what was typed."""

    def page(**typed: Any) -> Page:
        form = Brief(MultiDict(typed))
        form.validate()
        names = "{% for name in names %}{{ forms.field(form[name]) }}{% endfor %}"
        return render("{{ forms.error_summary(form) }}" + names, form=form, names=NAMES)

    return page


@pytest.mark.parametrize("name", NAMES)
def test_a_field_alone_has_its_label_or_legend(render: Render, name: str) -> None:
    form = Brief()
    page = render("{{ forms.field(field) }}", field=form[name])
    names = [each.text for each in page.all("label") + page.all("legend")]
    assert form[name].label.text in names
    assert not page.all("p", "govuk-error-message")


def test_every_error_is_beside_its_field_and_linked_from_the_head(filled: Callable[..., Page]) -> None:
    page = filled(title="")
    links = {link.text: link.get("href")[1:] for link in page.all("a")}
    assert len(links) == len(NAMES)
    assert {page.by_id(name).tag for name in links.values()} <= {"input", "select", "textarea"}
    assert links["Choose a kind"] == "kind"
    assert links["Enter when it closes"] == "closes-day"
    assert [each.text.removeprefix("Error: ") for each in page.all("p", "govuk-error-message")] == list(links)


def test_what_is_wrong_is_read_out_with_the_control(filled: Callable[..., Page]) -> None:
    title = filled(title="").by_id("title")
    assert title.get("aria-describedby") == "title-hint title-error"
    assert title.get("aria-invalid") == "true"


def test_what_was_typed_is_kept_and_nothing_cuts_it_short(filled: Callable[..., Page]) -> None:
    page = filled(
        title="Far longer than nine",
        story="<Tea>",
        hours="ten",
        theme="h",
        kind="first",
        who="sme",
        agree="y",
    )
    assert page.by_id("title").get("value") == "Far longer than nine"
    assert page.by_id("story").text == "<Tea>"
    assert page.by_id("hours").get("value") == "ten"
    assert [each.get("value") for each in page.elements if "checked" in each.attributes] == [
        "first",
        "sme",
        "y",
    ]
    assert [each.get("value") for each in page.elements if "selected" in each.attributes] == ["h"]
    assert [page.by_id(f"closes-{part}").get("value") for part in ("day", "month", "year", "time")] == [
        "31",
        "2",
        "2027",
        "12 noon",
    ]
    assert not [each for each in page.elements if {"maxlength", "minlength", "required"} & each.attributes.keys()]


def test_figures_are_asked_for_as_text_with_a_number_pad(filled: Callable[..., Page]) -> None:
    page = filled()
    assert (page.by_id("hours").get("type"), page.by_id("hours").get("inputmode")) == ("text", "numeric")
    assert page.by_id("budget").get("inputmode") == "decimal"
    assert page.one("div", "govuk-input__prefix").text == "£"


def test_a_password_is_never_written_back(filled: Callable[..., Page]) -> None:
    assert filled(password="secret-word").by_id("password").get("value") == ""


def test_options_can_have_hints(render: Render) -> None:
    page = render("{{ forms.field(field, hints={'first': 'Others are out'}) }}", field=Brief().kind)
    second = page.all("input")[1]
    assert page.by_id(second.get("aria-describedby")).text == "Others are out"


@pytest.mark.parametrize(
    ("limit", "attribute", "says"), [("max_words", "words", "words"), ("max_chars", "length", "characters")]
)
def test_a_count_is_announced_and_works_without_script(render: Render, limit: str, attribute: str, says: str) -> None:
    page = render("{{ forms.field(field, " + limit + "=50) }}", field=Brief().story)
    assert page.one("div", "govuk-character-count").get(f"data-max{attribute}") == "50"
    assert page.by_id("story-info").text == f"You can write up to 50 {says}"
    assert "story-info" in page.by_id("story").get("aria-describedby")


def test_a_single_question_can_be_the_heading(render: Render) -> None:
    for name in ("title", "kind"):
        page = render("{{ forms.field(field, size='l', heading=True) }}", field=Brief()[name])
        assert page.one("h1").text == Brief()[name].label.text


def test_attributes_and_labels_can_be_given(render: Render) -> None:
    page = render("{{ forms.field(field, label='Your e-mail', autocomplete='email', width=20) }}", field=Brief().email)
    assert page.one("label").text == "Your e-mail"
    assert page.one("input").get("autocomplete") == "email"
    assert page.one("input").has_class("govuk-input--width-20")


def test_forms_within_forms_link_to_their_own_fields(render: Render) -> None:
    class Plan(Form):
        lead = FormField(Phase)
        phases = FieldList(FormField(Phase), min_entries=2)

    form = Plan(MultiDict({"lead-name": "", "phases-0-name": "Pilot", "phases-1-name": ""}))
    form.validate()
    source = (
        "{{ forms.error_summary(form) }}{{ forms.field(form.lead.form.name) }}"
        "{% for phase in form.phases %}{{ forms.field(phase.form.name) }}{% endfor %}"
    )
    assert [link.get("href") for link in render(source, form=form).all("a")] == [
        "#lead-name",
        "#phases-1-name",
    ]


def test_errors_of_the_whole_form_are_said_and_may_link(render: Render) -> None:
    form = Brief()
    errors: list[Any] = ["Too late", SimpleNamespace(text="Weights add up to 90", href="/criteria")]
    form.form_errors = errors
    page = render("{{ forms.error_summary(form) }}", form=form)
    assert [item.text for item in page.all("li")] == ["Too late", "Weights add up to 90"]
    assert page.one("a").get("href") == "/criteria"


def test_a_form_without_errors_has_no_summary(render: Render) -> None:
    assert render("{{ forms.error_summary(form) }}", form=Brief()).html.strip() == ""


def test_a_form_posts_with_its_token_and_version(render: Render) -> None:
    page = render(
        "{% call forms.form_open('/save', multipart=True) %}{{ forms.hidden_version(form) }}{% endcall %}",
        form=Brief(),
    )
    assert (
        page.one("form").attributes.items()
        >= {
            "action": "/save",
            "method": "post",
            "enctype": "multipart/form-data",
        }.items()
    )
    assert {each.get("name"): each.get("value") for each in page.all("input")} == {
        "csrf_token": "a-token",
        "version": "3",
    }


def test_a_form_can_be_opened_and_closed_around_other_blocks(render: Render) -> None:
    assert render("{{ forms.form_open('/save') }}<p>…</p>{{ forms.form_close() }}").one("form").get("method") == "post"
