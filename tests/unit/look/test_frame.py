from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.machine import Refusal, Unmet
from tests.support.page import Page
from tests.unit.look.conftest import TEMPLATES

CODES = [400, 403, 404, 409, 413, 429, 500, 503]


def framed(templates: Environment, blocks: str = "", **context: object) -> Page:
    source = "{% extends 'base.html' %}{% block title %}Challenges{% endblock %}" + blocks
    if "block content" not in blocks:
        source += "{% block content %}<h1>Challenges</h1>{% endblock %}"
    page = Page(templates.from_string(source).render(**context))
    assert page.faults() == []
    return page


def test_a_page_has_a_language_a_title_a_way_past_the_head_and_one_main_part(templates: Environment) -> None:
    page = framed(templates)
    assert page.one("html").get("lang") == "en-GB"
    assert page.one("title").text == "Challenges – Innovation partnership portal"
    assert page.one("main").get("id") == "main-content"
    assert page.all("a")[0].get("href") == "#main-content"
    assert len(page.all("h1")) == 1
    assert {script.get("src") for script in page.all("script")} == {
        "/static/build/supported.js",
        "/static/build/portal.js",
    }


def test_a_page_with_errors_says_so_first_in_its_title(templates: Environment) -> None:
    page = framed(templates, form=SimpleNamespace(errors={"title": ["Enter a title"]}))
    assert page.one("title").text.startswith("Error: Challenges")


def test_where_one_is_is_marked(templates: Environment) -> None:
    here = [link for link in framed(templates).all("a", "app-nav__link") if link.get("aria-current")]
    assert [link.text for link in here] == ["Challenges"]


def test_signing_out_is_a_form_with_a_token(templates: Environment) -> None:
    signed_out = framed(templates)
    assert not signed_out.all("form")
    page = framed(templates, actor=SimpleNamespace(signed_in=True, name="Priya Nolan"))
    assert page.one("form").attributes == {"action": "/sign-out", "method": "post", "class": "app-nav__form"}
    assert page.one("input").get("name") == "csrf_token"
    assert "Signed in as Priya Nolan" in page.one("header").text
    assert "Sign in" not in [link.text for link in page.all("a")]


def test_the_region_and_the_demonstration_are_named(templates: Environment) -> None:
    config = {"PORTAL_DEMO": True, "PORTAL_REGION": "Severn and Arden"}
    page = framed(templates, config=config)
    assert "Severn and Arden" in page.one("header").text
    assert page.one("div", "app-demo").text.startswith("Demonstration")
    assert not framed(templates).all("div", "app-demo")


def test_what_the_last_act_said_is_announced(templates: Environment) -> None:
    templates.globals["get_flashed_messages"] = lambda with_categories: [
        ("success", "Saved"),
        ("message", "Look"),
    ]
    page = framed(templates)
    banners = page.all("div", "govuk-notification-banner")
    assert [(banner.get("role"), banner.text) for banner in banners] == [
        ("alert", "Done Saved"),
        ("region", "Important Look"),
    ]


def test_an_aside_stands_beside_the_content_only_where_there_is_one(templates: Environment) -> None:
    page = framed(templates, "{% block aside %}<p>Dates</p>{% endblock %}")
    assert page.one("aside").text == "Dates"
    assert page.one("main").text == "Challenges Dates"
    assert not framed(templates).all("aside")


def test_a_wide_page_uses_the_whole_width(templates: Environment) -> None:
    assert framed(templates).all("div", "govuk-grid-column-two-thirds")
    assert not framed(templates, "{% set layout = 'wide' %}").all("div", "govuk-grid-column-two-thirds")


def test_an_authoritys_colour_is_a_class(templates: Environment) -> None:
    assert framed(templates, "{% set tint = 'magenta' %}").one("div", "app-stripe").has_class("app-tint--magenta")


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_stands_with_nothing_given(templates: Environment, code: int) -> None:
    page = Page(templates.get_template(f"errors/{code}.html").render())
    assert page.faults() == []
    assert page.one("h1").text in page.one("title").text
    assert page.one("main").text


@pytest.mark.parametrize("code", [400, 403, 409, 413, 429])
def test_an_error_page_gives_the_reason_in_words(templates: Environment, code: int) -> None:
    page = Page(templates.get_template(f"errors/{code}.html").render(reason="Because of <this>."))
    assert "Because of <this>." in page.one("main").text


@pytest.mark.parametrize("code", [500, 503])
def test_the_worst_pages_need_nothing_but_the_styles(code: int) -> None:
    bare = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    bare.globals["asset"] = lambda name: f"/static/build/{name}"
    assert Page(bare.get_template(f"errors/{code}.html").render()).one("h1").text


@pytest.mark.parametrize("code", [400, 409])
def test_what_was_typed_comes_back(templates: Environment, code: int) -> None:
    submitted = [("The question", "How might we\n<help>?"), ("Sponsor", "")]
    context = {"submitted": submitted, "reason": "", "refusal": None}
    page = Page(templates.get_template(f"errors/{code}.html").render(context))
    assert page.faults() == []
    assert ["".join(box.parts) for box in page.all("textarea")] == ["\nHow might we\n<help>?", "\n"]


def test_a_move_too_early_lists_what_is_missing(templates: Environment) -> None:
    refusal = Refusal("release", "Release", (Unmet("criteria", "The criteria add up to 100.", "brief.criteria"),))
    page = Page(templates.get_template("errors/409.html").render(refusal=refusal, reason="", submitted=[]))
    assert page.one("h1").text == "This cannot be done yet"
    assert page.one("li", "app-missing__item").text == "The criteria add up to 100."
    assert "/brief.criteria/SC-2026-014#" in [link.get("href") for link in page.all("a")]


def test_a_move_too_late_says_why_and_blames_nobody(templates: Environment) -> None:
    page = Page(templates.get_template("errors/409.html").render(reason="It closed at 12 noon.", submitted=[]))
    assert page.one("h1").text == "This cannot be done now"
    assert "Somebody changed" not in page.one("main").text
