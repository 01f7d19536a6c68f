"""What an audit pack of one challenge holds. The seal stays on: of responses only opened ones are known here.

People are told by what they were, or by their number in the journal; no name, address or declared interest of a person
is in it, because no rule of procurement asks for that here.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal import journal
from portal.assessment.models import Outcome
from portal.audit.archive import Part, as_json
from portal.audit.funding import funding
from portal.audit.messages_sent import COLUMNS, messages_sent
from portal.challenges.models import BriefVersion, Challenge, DeadlineChange, Round
from portal.db import clock
from portal.documents import csv_line
from portal.journal.models import JournalEntry, JournalHead
from portal.law.calendar import london_date
from portal.notices.duties import duties_of, notices_of
from portal.notices.models import Summary, SummaryDispatch
from portal.notices.queries import claims, reconsiderations
from portal.open_data.packages import record_package
from portal.open_data.publisher import publisher
from portal.open_data.queries import releases_of
from portal.partnerships.models import EvidenceFile, Partnership
from portal.partnerships.queries import contracts_of, every_benefit, social_criteria
from portal.procurement.calendar import entries_of
from portal.procurement.entries import standings
from portal.responses.models import Response


def parts_of(session: Session, challenge: Challenge) -> Iterator[Part]:
    """Every file of the pack, each made when the one before has been sent."""
    yield from _journal(session, challenge)
    yield from funding(session, challenge)
    yield from _brief(session, challenge)
    yield _notices(session, challenge)
    yield _dates(session, challenge)
    yield from _decisions(session, challenge)
    yield _award(session, challenge)
    yield Part("contracts.json", "Contracts, phases, targets and gates", as_json(_contracts(session, challenge)))
    yield _outcomes(session, challenge)
    yield Part(
        "messages.csv",
        "Messages sent about it: kind, recipients by role, times",
        _csv(COLUMNS, messages_sent(session, challenge)),
    )
    yield from _releases(session, challenge)


def _csv(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    told = ([each.isoformat() if hasattr(each, "isoformat") else each for each in row] for row in rows)
    return "".join([csv_line(columns), *(csv_line(row) for row in told)]).encode()


_ENTRY = ("sequence", "at", "actor_id", "event", "subject_kind", "subject_id", "data", "previous", "digest")


def _journal(session: Session, challenge: Challenge) -> Iterator[Part]:
    rows = select(JournalEntry).where(JournalEntry.challenge_id == challenge.id).order_by(JournalEntry.sequence)
    entries = ([getattr(each, name) for name in _ENTRY] for each in session.scalars(rows))
    yield Part("journal.csv", "Everything that was done, from the journal", _csv(_ENTRY, entries))
    head = session.get_one(JournalHead, 1)
    faults = [{"sequence": each.sequence, "fault": each.sentence} for each in journal.verify(session)]
    proof = {"stands": not faults, "faults": faults, "head": {"sequence": head.sequence, "digest": head.digest}}
    yield Part("journal-verification.json", "Whether the whole journal's chain of digests stands", as_json(proof))


def _brief(session: Session, challenge: Challenge) -> Iterator[Part]:
    versions = select(BriefVersion).where(BriefVersion.challenge_id == challenge.id).order_by(BriefVersion.number)
    for each in session.scalars(versions):
        content = json.loads(each.content)
        yield Part(
            f"brief/version-{each.number}.json", f"The brief as published, version {each.number}", as_json(content)
        )
    moved = session.scalars(
        select(DeadlineChange)
        .join(Round, Round.id == DeadlineChange.round_id)
        .where(Round.challenge_id == challenge.id)
        .order_by(DeadlineChange.id)
    )
    columns = ("Before", "After", "Reason", "After an incident", "Changed")
    rows = ([each.before, each.after, each.reason, each.incident, each.changed_at] for each in moved)
    yield Part("brief/deadlines-moved.csv", "Each time a deadline moved, and why", _csv(columns, rows))


def _notices(session: Session, challenge: Challenge) -> Part:
    columns = ("Notice", "Code", "When", "Number of that moment", "State", "Reference", "Published", "Reasons instead")
    rows = (
        [
            each.kind.legal_name,
            each.kind.code,
            each.moment.title,
            each.number,
            each.state,
            each.reference,
            each.published_at,
            each.reasons,
        ]
        for each in notices_of(session, challenge)
    )
    missing = (
        [each.kind.legal_name, each.kind.code, each.moment.title, each.number, "not published", "", "", ""]
        for each in duties_of(session, challenge)
        if each.notice is None and each.ripe and not each.only_if
    )
    return Part("notices.csv", "Notices, published and missing", _csv(columns, [*rows, *missing]))


def _dates(session: Session, challenge: Challenge) -> Part:
    columns = ("Date", "About", "Day", "How it is counted", "Done", "Where it stands", "Rule", "Source")
    rows = (
        [
            entry.rule.title,
            entry.about,
            entry.day,
            entry.arithmetic or entry.waits_for,
            entry.met_on,
            standing.title,
            entry.rule.words,
            entry.rule.source,
        ]
        for entry, standing in standings(entries_of(session, challenge), london_date(clock.now()))
    )
    return Part("legal-dates.csv", "Legal dates and how each is counted", _csv(columns, rows))


def _decisions(session: Session, challenge: Challenge) -> Iterator[Part]:
    outcomes = session.scalars(
        select(Outcome)
        .join(Outcome.response)
        .where(Outcome.challenge_id == challenge.id, Response.opened_at.is_not(None))
        .options(joinedload(Outcome.response).joinedload(Response.organisation))
        .order_by(Outcome.round_id, Outcome.rank, Outcome.id)
    ).unique()
    yield Part("decisions.json", "What was decided of each response, and why", as_json([_decided(e) for e in outcomes]))
    summaries = session.scalars(
        select(Summary)
        .join(SummaryDispatch, SummaryDispatch.id == Summary.dispatch_id)
        .where(SummaryDispatch.challenge_id == challenge.id)
        .order_by(Summary.dispatch_id, Summary.id)
    )
    for each in summaries:
        content = {"sent_at": each.dispatch.sent_at, "sha256": each.digest, "content": json.loads(each.content)}
        name = f"summaries/award-{each.dispatch.number}-{each.id}.json"
        yield Part(name, "An assessment summary as it was sent", as_json(content))


def _decided(outcome: Outcome) -> dict[str, Any]:
    """Totals are hundredths of a per cent, scores hundredths of a point, as they are kept."""
    return {
        "firm": outcome.response.organisation.name,
        "response": outcome.response.reference,
        "decision": outcome.decision.value,
        "rank": outcome.rank,
        "total_hundredths": outcome.total,
        "meets_minimum": outcome.meets_minimum,
        "departure_from_ranking": outcome.departure,
        "message": outcome.message,
        "decided_at": outcome.decided_at,
        "sent_at": outcome.sent_at,
        "fell_out_at": outcome.fell_out_at,
        "criteria": [
            {"name": each.criterion.name, "score_hundredths": each.score_hundredths, "text": each.text}
            for each in outcome.feedback
        ],
    }


def _award(session: Session, challenge: Challenge) -> Part:
    kept = {
        "claims": [
            {
                "award": each.award_number,
                "brought_by": each.by_whom,
                "received_at": each.received_at,
                "closed_at": each.closed_at,
                "outcome": each.outcome.value if each.outcome else None,
            }
            for each in claims(session, challenge)
        ],
        "awards_begun_anew": [
            {"award": each.number, "reason": each.reason, "begun_at": each.begun_at}
            for each in reconsiderations(session, challenge)
        ],
        "route": {
            "release_kind": challenge.release_kind.value if challenge.release_kind else None,
            "reason": challenge.route_reason,
            "market_gap": challenge.market_gap,
            "lots": challenge.lots_reason,
            "end_reason": challenge.end_reason,
        },
    }
    return Part("award.json", "The legal route and why, claims, and awards begun anew", as_json(kept))


def _contracts(session: Session, challenge: Challenge) -> list[dict[str, Any]]:
    contracts = contracts_of(session, challenge)
    rows = select(EvidenceFile).where(EvidenceFile.partnership_id.in_([each.id for each in contracts]))
    files: dict[int, list[EvidenceFile]] = {}
    for each in session.scalars(rows.order_by(EvidenceFile.id)):
        files.setdefault(each.partnership_id, []).append(each)
    return [_contract(each) | {"evidence_files": [_file(it) for it in files.get(each.id, [])]} for each in contracts]


def _file(evidence: EvidenceFile) -> dict[str, Any]:
    """What a file of evidence is about, by the keys of the journal, and its digest; its content is not in the pack."""
    kept = {
        name: getattr(evidence, name) for name in ("phase_id", "target_id", "event_id", "attached_at", "removed_at")
    }
    return kept | {"by": "firm" if evidence.by_firm else "authority", "sha256": evidence.file.digest}


def _contract(contract: Partnership) -> dict[str, Any]:
    names = ("number", "contract_reference", "state", "value_pence", "signed_on", "ip_terms", "gate_break_terms")
    option = ("option_offered", "option_level", "option_maximum_pence", "option_expires_on", "option_measured")
    kept = {name: getattr(contract, name) for name in (*names, *option, "option_final_pence", "end_reason")}
    phase = ("number", "title", "state", "starts_on", "ends_on", "payment_pence", "delivered_at", "evidence")
    conditions = ("gate_conditions", "conditions_met_at", "conditions_met_how")
    phases = [
        {name: getattr(each, name) for name in (*phase, "decided_at", "gate_reason", *conditions)}
        | {"targets": [{"text": it.text, "measure": it.measure, "met": it.met} for it in each.targets]}
        for each in contract.phases
    ]
    return {"firm": contract.organisation.name} | kept | {"phases": phases}


def _outcomes(session: Session, challenge: Challenge) -> Part:
    """The outcomes of social value the brief asked for, and every benefit written down, with what became of it."""
    asked = {each.id: each for each in social_criteria(session, challenge)}
    firms = {each.id: each.organisation.name for each in contracts_of(session, challenge)}
    names = ("state", "seen_on", "what", "evidence", "money_pence", "from_firm", "shown_to_firm")
    kept = {
        "asked_for": [
            {"name": each.name, "outcome": each.social_outcome, "question": each.question, "weight": each.weight}
            for each in asked.values()
        ],
        "benefits": [
            {
                "firm": firms[each.partnership_id],
                "outcome": asked[each.criterion_id].name if each.criterion_id else None,
            }
            | {name: getattr(each, name) for name in names}
            | {"recorded_at": each.recorded_at, "state_since": each.state_since, "why_not_confirmed": each.end_reason}
            for each in every_benefit(session, challenge)
        ],
    }
    return Part("social-value.json", "Social value asked for, and every benefit reported or seen", as_json(kept))


def _releases(session: Session, challenge: Challenge) -> Iterator[Part]:
    ocid = publisher().ocid(challenge.reference)
    if found := releases_of(session, ocid):
        package = record_package(found, path=f"/open-data/records/{ocid}.json")
        yield Part("open-data.json", "Everything published of it as open data (OCDS record package)", as_json(package))
