"""What single parts need beside their fields: suggestions, choices, the law's words, rows that come and go."""

from typing import Any

from flask import request
from sqlalchemy.orm import Session

from portal.challenges import proportion, standing
from portal.challenges.asking import STANDARD_QUESTIONS
from portal.challenges.forms.brief import CriteriaForm, PartForm, RouteForm
from portal.challenges.forms.fields import choices
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.sections import BY_KEY, DEAL_STAGES
from portal.challenges.social import BY_KEY as OUTCOMES
from portal.challenges.social import HOW_JUDGED, as_criterion
from portal.challenges.suggestions import CRITERIA, SCORES
from portal.challenges.thinking import chosen_question
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.money import pounds

Value = dict[str, Any]


def suggested(session: Session, challenge: Challenge, key: str, value: Value) -> Value:
    """What a page begins with where nothing has been written yet."""
    if key == "section.question" and not value["source"]:
        return value | {"source": chosen_question(session, challenge)}
    if key == "criteria" and not value["criteria"]:
        return value | {"criteria": [dict(each) for each in CRITERIA]}
    if key == "deal":
        said = {stage["stage"]: stage for stage in value["stages"]}
        empty = {"pays_pence": None, "hours": None}
        stages = [said.get(number, empty | {"stage": number}) for number in DEAL_STAGES[challenge.pathway]]
        return value | {"stages": stages}
    return value


def prepare(session: Session, challenge: Challenge, kind: RoundKind, key: str, form: PartForm) -> None:
    """Give a form the choices that the law leaves open today."""
    if isinstance(form, RouteForm):
        routes = [route for route in standing.routes_of(session, challenge) if route.is_open]
        form.release_kind.choices = choices((route.kind.value, route.kind.title) for route in routes)


def is_disproportionate(session: Session, challenge: Challenge, key: str, form: PartForm) -> bool:
    """Put a sentence beside each field that asks what may not be asked, or asks more without a reason."""
    if key not in proportion.ASKS:
        return False
    below = proportion.below_threshold(session, challenge)
    faults = list(proportion.faults(key, form.value(), below=below))
    for number, name, sentence in faults:
        rows = form.criteria if isinstance(form, CriteriaForm) else None
        field = form[name] if rows is None else rows[number].form[name]
        field.errors = [*field.errors, sentence]
        if rows is not None:
            rows.errors = [*rows.errors, {name: [sentence]}]
    return bool(faults)


def beside(session: Session, challenge: Challenge, kind: RoundKind, key: str) -> Value:
    """What a part's page shows beside its fields."""
    if key.startswith("section."):
        return {"section": BY_KEY[key.removeprefix("section.")]}
    if key == "criteria":
        return {"standard": STANDARD_QUESTIONS, "outcomes": OUTCOMES.values(), "how_judged": HOW_JUDGED}
    if key == "deal":
        return {"stage_titles": DEAL_STAGES[challenge.pathway]}
    if key == "dates":
        opened = challenge.released_at if kind is RoundKind.CHALLENGE else None
        opens_on = london_date(opened or clock.now())
        return {"earliest": standing.earliest_deadline(session, challenge, kind, opens_on), "opens_on": opens_on}
    if key in {"value", "route"}:
        return {"standing": standing.standing_of(session, challenge), "total": _total(challenge)} | _routes(
            session, challenge
        )
    return {}


def rows_changed(form: PartForm) -> bool:
    """Whether this was a press on “add” or “remove” beside a criterion; the form then shows it and saves nothing."""
    if not isinstance(form, CriteriaForm) or not form.is_submitted():
        return False
    rows = form.criteria
    if "add" in request.form and len(rows) < (rows.max_entries or 0):
        _append(rows, {"word_limit": 400, "scores": SCORES})
        return True
    if "add_outcome" in request.form:
        _append_outcome(form)
        return True
    gone = request.form.get("remove", "")
    if gone.isascii() and gone.isdigit() and int(gone[:4]) < len(rows):
        del rows.entries[int(gone[:4])]
        return True
    return bool(gone) or "add" in request.form


def _append_outcome(form: CriteriaForm) -> None:
    """Add a criterion for the outcome that was picked; with none, or no room, a sentence at the list of outcomes."""
    outcome, rows = OUTCOMES.get(str(form.pick.data or "")), form.criteria
    if outcome is None:
        form.pick.errors = ["Choose an outcome, then press “Add this outcome”"]
    elif any(row.form.outcome == outcome.key for row in rows):
        form.pick.errors = ["This outcome is asked for already. Choose another, or change its criterion above"]
    elif len(rows) < (rows.max_entries or 0):
        _append(rows, as_criterion(outcome))
        form.pick.data = ""


def _append(rows: Any, said: Value) -> None:
    rows.append_entry(said | {f"score_{score}": text for score, text in enumerate(said["scores"])})


def _total(challenge: Challenge) -> str:
    found = standing.value_of(challenge)
    return "" if found is None else pounds(found)


def _routes(session: Session, challenge: Challenge) -> Value:
    routes = standing.routes_of(session, challenge)
    return {
        "reasons": {route.kind.value: f"{route.kind.meaning} {route.reason}" for route in routes if route.is_open},
        "closed": [route for route in routes if not route.is_open],
    }
