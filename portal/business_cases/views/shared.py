"""What the pages of a business case share: the blueprint, who may enter, and the way back."""

from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.business_cases.models import BusinessCase
from portal.business_cases.queries import case_inside
from portal.business_cases.sources import Source
from portal.challenges.models import Challenge
from portal.policy import Permission
from portal.web import access
from portal.workflow import machine_of

blueprint = Blueprint("business_cases", __name__, url_prefix="/challenges/<reference>/business-case")

writers = access(Permission.CHALLENGE_SHAPE, find=case_inside)
leaders = access(Permission.CHALLENGE_LEAD, find=case_inside)
deciders = access(Permission.FUNDING_DECIDE, find=case_inside)


def to_case(challenge: Challenge, anchor: str | None = None) -> ResponseReturnValue:
    """Go back to the case."""
    return redirect(url_for("business_cases.case", reference=challenge.reference, _anchor=anchor))


def page(case: BusinessCase) -> dict[str, Any]:
    """What every page of a case shows."""
    return {
        "challenge": case.challenge,
        "case": case,
        "state": machine_of(case)[case.state],
        "source_address": lambda source: source_address(source, case.challenge.reference),
    }


def source_address(source: Source, reference: str) -> str:
    """Where a source's page is; empty while no page has that name."""
    endpoint, _, anchor = source.endpoint.partition("#")
    if endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint, reference=reference, _anchor=anchor or None)
