"""The route adviser: which ways to a contract are open for what somebody has in mind. It advises and keeps nothing."""

import re
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.challenges.standing import begins_on, lead_kind
from portal.db import clock
from portal.law.advice import Advised, Circumstances, advise
from portal.law.calendar import london_date
from portal.law.money import Vat, parse_pounds, pounds, with_vat
from portal.law.thresholds import AuthorityKind, ContractKind, estimated_value
from portal.policy import Permission
from portal.procurement.views.blueprint import blueprint
from portal.text import tidy
from portal.web import access, current_actor, db_session

AMOUNTS = {
    "base": "What the contract is worth at most",
    "option": "Options to buy or extend",
    "participants": "Paid to firms that take part",
}
TICKED = {
    "announced": "An earlier tender announced that we may buy again",
    "failed": "A competition brought no suitable tender",
    "scottish": "A devolved Scottish authority buys",
}


@blueprint.get("/procurement/adviser")
@access(Permission.CHALLENGE_SEE)
def adviser() -> ResponseReturnValue:
    """The form, filled from a challenge where one is named, and the advice once everything is said."""
    challenge = inside(db_session(), current_actor(), tidy(request.args.get("challenge", ""))[:20])
    asked = _of_challenge(challenge) | {key: tidy(text)[:40] for key, text in request.args.items()}
    errors: dict[str, str] = {}
    advised = _advised(asked, errors) if asked.get("contract") else None
    page = render_template(
        "procurement/adviser.html",
        challenge=challenge,
        asked=asked,
        errors=errors,
        advised=advised,
        authorities=AuthorityKind,
        contracts=ContractKind,
        vats=Vat,
        amounts=AMOUNTS,
        ticked=TICKED,
        today=_typed(london_date(clock.now())),
    )
    return page, 422 if errors else 200


def _of_challenge(challenge: Challenge | None) -> dict[str, str]:
    """What a challenge says already, as it would be typed."""
    if challenge is None:
        return {}
    amounts = (challenge.estimated_pence, challenge.option_pence, challenge.participant_pence)
    told = {name: pounds(pence) for name, pence in zip(AMOUNTS, amounts, strict=True) if pence is not None}
    return told | {
        "authority": lead_kind(db_session(), challenge).value,
        "contract": challenge.contract_kind.value if challenge.contract_kind else "",
        "vat": challenge.vat.value,
        "on": _typed(begins_on(challenge)),
    }


def _advised(asked: dict[str, str], errors: dict[str, str]) -> Advised | None:
    """The advice, or None with what is wrong beside the name of its field."""
    authority = _member(AuthorityKind, asked.get("authority"), AuthorityKind.LOCAL_AUTHORITY)
    contract = _member(ContractKind, asked.get("contract"), ContractKind.SERVICES)
    vat = _member(Vat, asked.get("vat"), Vat.INCLUSIVE)
    parts = {name: _amount(asked, name, errors) for name in AMOUNTS}
    on = _day(asked, errors)
    if errors or on is None:
        return None
    value = None
    if parts["base"] is not None:
        value = estimated_value(*(with_vat(part or 0, vat) for part in parts.values()))
    ticked = {name: asked.get(name) == "yes" for name in TICKED}
    try:
        return advise(Circumstances(authority, contract, value, on, **ticked))
    except ValueError as fault:
        errors["on"] = f"{fault}."
        return None


def _member(members: Any, key: str | None, otherwise: Any) -> Any:
    return next((each for each in members if each.value == key), otherwise)


def _amount(asked: dict[str, str], name: str, errors: dict[str, str]) -> int | None:
    text = asked.get(name, "").strip()
    if not text:
        return None
    try:
        return parse_pounds(text)
    except ValueError as fault:
        errors[name] = f"{fault}."
        return None


def _day(asked: dict[str, str], errors: dict[str, str]) -> date | None:
    """The day as it is typed, "4 12 2026", or as an address made by another page holds it, "2026-12-04"."""
    text = asked.get("on", "").strip()
    typed = re.fullmatch(r"(\d{1,2})[ ./](\d{1,2})[ ./](\d{4})", text, re.ASCII)
    try:
        if typed:
            day, month, year = (int(part) for part in typed.groups())
            return date(year, month, day)
        return date.fromisoformat(text) if text else london_date(clock.now())
    except ValueError:
        errors["on"] = "Enter a day that exists, as day, month and year, such as 4 12 2026."
        return None


def _typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"
