"""The parts that say something in words: title and summary, sections, must-haves, the deal, value and route."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.challenges.brief_content import deal_of, must_haves, sections_of
from portal.challenges.models import BriefSection, Challenge, Deal, DealStage, MustHave
from portal.challenges.sections import DEAL_STAGES, SECTIONS
from portal.law.money import Vat
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind
from portal.text import rich_text

Value = dict[str, Any]

_SUMMARY = ("title", "summary", "theme")
_AMOUNTS = ("estimated_pence", "option_pence", "participant_pence")
_ROUTE = ("advertised", "purchase_announced", "market_gap", "route_reason")


def read(session: Session, challenge: Challenge, key: str) -> Value:
    """The value of a part of words."""
    if key.startswith("section."):
        return _read_section(session, challenge, key.removeprefix("section."))
    return _READ[key](session, challenge)


def write(session: Session, challenge: Challenge, key: str, value: Value) -> None:
    """Put a value into the rows."""
    if key.startswith("section."):
        _write_section(session, challenge, key.removeprefix("section."), value)
    else:
        _WRITE[key](session, challenge, value)


def overlay(content: Value, key: str, value: Value) -> Value:
    """What of the brief's content reads differently with this value."""
    if not key.startswith("section."):
        return value if key == "summary" else {key: value["texts"] if key == "must_haves" else value}
    written = {each["key"]: each for each in content["sections"]}
    changed = key.removeprefix("section.")
    written[changed] = {"key": changed, "html": rich_text(value["source"], value["format"]).html}
    return {
        "sections": [
            written[part.key] for part in SECTIONS if part.key in written and written[part.key]["html"].strip()
        ]
    }


def _read_section(session: Session, challenge: Challenge, key: str) -> Value:
    row = sections_of(session, challenge).get(key)
    return {"source": row.source if row else "", "format": row.source_format if row else "markdown"}


def _write_section(session: Session, challenge: Challenge, key: str, value: Value) -> None:
    text = rich_text(value["source"], value["format"])
    row = sections_of(session, challenge).get(key)
    if row is None:
        row = BriefSection(challenge_id=challenge.id, key=key)
        session.add(row)
    row.source, row.source_format = text.source, text.source_format
    row.html, row.cleaner_version = text.html, text.cleaner_version


def _read_summary(_session: Session, challenge: Challenge) -> Value:
    return {name: getattr(challenge, name) for name in _SUMMARY}


def _write_summary(_session: Session, challenge: Challenge, value: Value) -> None:
    for name in _SUMMARY:
        setattr(challenge, name, value[name])


def _read_must_haves(session: Session, challenge: Challenge) -> Value:
    return {"texts": must_haves(session, challenge)}


def _write_must_haves(session: Session, challenge: Challenge, value: Value) -> None:
    session.execute(delete(MustHave).where(MustHave.challenge_id == challenge.id))
    session.add_all(
        MustHave(challenge_id=challenge.id, position=position, text=text)
        for position, text in enumerate(value["texts"], start=1)
    )


def _read_deal(session: Session, challenge: Challenge) -> Value:
    deal = deal_of(session, challenge)
    said = {stage.stage: stage for stage in deal.stages} if deal else {}
    return {
        "go_on_count": deal.go_on_count if deal else None,
        "decision_on": deal.decision_on.isoformat() if deal and deal.decision_on else None,
        "intellectual_property": deal.intellectual_property if deal else "",
        "if_unfunded": deal.if_unfunded if deal else "",
        "stages": [
            {"stage": number, "pays_pence": said[number].pays_pence, "hours": said[number].hours}
            for number in DEAL_STAGES[challenge.pathway]
            if number in said
        ],
    }


def _write_deal(session: Session, challenge: Challenge, value: Value) -> None:
    deal = deal_of(session, challenge)
    if deal is None:
        deal = Deal(challenge_id=challenge.id, stages=[])
        session.add(deal)
    deal.go_on_count = value["go_on_count"]
    deal.decision_on = date.fromisoformat(value["decision_on"]) if value["decision_on"] else None
    deal.intellectual_property, deal.if_unfunded = value["intellectual_property"], value["if_unfunded"]
    known = {stage.stage: stage for stage in deal.stages}
    for said in (each for each in value["stages"] if each["stage"] in DEAL_STAGES[challenge.pathway]):
        row = known.get(said["stage"])
        if row is None:
            row = DealStage(stage=said["stage"])
            deal.stages.append(row)
        row.pays_pence, row.hours = said["pays_pence"], said["hours"]


def _read_value(_session: Session, challenge: Challenge) -> Value:
    return {
        "contract_kind": challenge.contract_kind.value if challenge.contract_kind else None,
        "vat": challenge.vat.value,
        **{name: getattr(challenge, name) for name in _AMOUNTS},
    }


def _write_value(_session: Session, challenge: Challenge, value: Value) -> None:
    challenge.contract_kind = ContractKind(value["contract_kind"])
    challenge.vat = Vat(value["vat"])
    for name in _AMOUNTS:
        setattr(challenge, name, value[name])


def _read_route(_session: Session, challenge: Challenge) -> Value:
    chosen = challenge.release_kind.value if challenge.release_kind else None
    return {"release_kind": chosen, **{name: getattr(challenge, name) for name in _ROUTE}}


def _write_route(_session: Session, challenge: Challenge, value: Value) -> None:
    challenge.release_kind = ReleaseKind(value["release_kind"]) if value["release_kind"] else None
    for name in _ROUTE:
        setattr(challenge, name, value[name])


_READ: dict[str, Callable[[Session, Challenge], Value]] = {
    "summary": _read_summary,
    "must_haves": _read_must_haves,
    "deal": _read_deal,
    "value": _read_value,
    "route": _read_route,
}
_WRITE: dict[str, Callable[[Session, Challenge, Value], None]] = {
    "summary": _write_summary,
    "must_haves": _write_must_haves,
    "deal": _write_deal,
    "value": _write_value,
    "route": _write_route,
}
