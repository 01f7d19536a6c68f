from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from tests.support.page import Page

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"

Render = Callable[..., Page]


@pytest.fixture
def templates() -> Environment:
    """The templates without the application behind them; a name nobody gave is an error."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["datetime"] = lambda moment: f"{moment:%H:%M} on {moment:%d.%m.%Y}"
    environment.globals.update(
        asset=lambda name: f"/static/build/{name}",
        config={"PORTAL_DEMO": False, "PORTAL_REGION": "Severn and Arden"},
        csrf_token=lambda: "a-token",
        get_flashed_messages=lambda with_categories: [],
        request=SimpleNamespace(
            path="/challenges/SC-2026-014",
            args=MultiDict([("q", "warm & dry"), ("theme", "a"), ("theme", "b"), ("page", "2")]),
            view_args={"reference": "SC-2026-014"},
        ),
        actor=SimpleNamespace(signed_in=False, name=""),
        url_for=lambda endpoint, reference, _anchor: f"/{endpoint}/{reference}#{_anchor or ''}",
    )
    return environment


@pytest.fixture
def render(templates: Environment) -> Render:
    """Render a piece of template that can use ui and forms, check it for faults, give the page."""
    imports = "{% import 'components/ui.html' as ui %}{% import 'components/forms.html' as forms %}"

    def rendered(source: str, **context: object) -> Page:
        page = Page(templates.from_string(imports + source).render(**context))
        assert page.faults() == []
        return page

    return rendered


@pytest.fixture
def noon() -> datetime:
    return datetime.fromisoformat("2026-12-04T12:00:00+00:00")
