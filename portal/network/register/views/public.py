"""The register as everybody sees it: only firms that agreed to be shown."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from portal.law.companies import size
from portal.network.categories import categories_called, is_imported, named_as
from portal.network.register import queries
from portal.network.register.views.blueprint import blueprint
from portal.organisations.models import Organisation, SupplierKind
from portal.places import attributions
from portal.text import tidy
from portal.web import PUBLIC, Page, access, db_session, page_number
from portal.web.paging import page_of


@blueprint.get("/suppliers")
@access(PUBLIC)
def suppliers() -> ResponseReturnValue:
    """Look for firms by words, kind, size, what they supply in plain words, and district."""
    session = db_session()
    supplies = _said("supplies")[:100]
    called = categories_called(session, supplies)
    asked = queries.Asked(
        words=_said("q"),
        kind=_said("kind"),
        size=_said("size"),
        supplies=supplies,
        category=_said("category")[:8],
        district=_said("district"),
        stems=tuple(each.stem for each in called),
    )
    rows: Any = queries.found_firms(asked)
    page: Page[Any] = page_of(session, rows, number=page_number(), read=_as_rows)
    firms = [row[0] for row in page.items]
    return render_template(
        "network/register/suppliers.html",
        page=page,
        asked=asked,
        kinds=SupplierKind,
        sizes=queries.SIZES,
        size=size,
        districts=queries.districts_of_firms(session),
        called=called,
        can_look_up=is_imported(session),
        category=next(iter(named_as(session, [asked.category.ljust(8, "0")])), None) if asked.category else None,
        categories=queries.categories_of(session, [firm.id for firm in firms]),
        areas=queries.areas_of(session, [firm.postcode for firm in firms]),
        attributions=attributions(session),
    )


@blueprint.get("/suppliers/<reference>")
@access(PUBLIC, find=queries.shown_firm)
def supplier(organisation: Organisation) -> ResponseReturnValue:
    """One firm, as it describes itself."""
    session = db_session()
    return render_template(
        "network/register/supplier.html",
        firm=organisation,
        profile=queries.profile_of(session, organisation),
        size=size(organisation.headcount),
        categories=queries.categories_of(session, [organisation.id]).get(organisation.id, []),
        area=queries.areas_of(session, [organisation.postcode]).get(organisation.postcode or ""),
        attributions=attributions(session),
    )


def _said(name: str) -> str:
    return tidy(request.args.get(name, "")).replace("\n", " ").strip()[:200]


def _as_rows(session: Session, rows: Select[Any]) -> list[Row[Any]]:
    return list(session.execute(rows))
