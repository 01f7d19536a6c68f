"""The evaluation report to take away: as a document to read and as tables to check."""

from flask import Response
from flask.typing import ResponseReturnValue

from portal.assessment.pathway import ASSIGNMENT
from portal.assessment.queries import Inside, inside_round, opened_standing, proposal
from portal.assessment.queries.report import Report, report_of
from portal.assessment.ranking import hundredths
from portal.assessment.views.figures import TIES, percent, points
from portal.assessment.views.pages import page
from portal.db import clock
from portal.documents import Cell, Sheet
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.documents import pdf_answer, workbook_answer

Rows = list[list[Cell]]
_EVENTS = {
    "assessment.assessor_added": "Put on the panel",
    "assessment.assessor_stood_down": "Stood down from the panel",
    "assessment.allocated": "Responses given out",
    "assessment.score_saved": "Score or comment saved",
    "assessment.scores_opened": "All scores opened together",
    "assessment.moderated": "Agreement of the panel recorded",
    "assessment.outcomes_proposed": "Outcomes filled in from the ranking",
    "assessment.outcome_decided": "Outcome decided",
    "assessment.practice_written": "Panel’s briefing written",
    "assessment.quorum_short": "Too few assessors for a response",
    "assignment.declare": "Declared no conflict of interest",
    "assignment.recuse": "Stood down from a response",
    "assignment.stand_down": "Taken off a response",
    "assignment.lock": "Sheet locked",
    "assignment.reopen": "Sheet reopened",
}


@page("/report.pdf", "report_pdf")
@access(Permission.CHALLENGE_PROCURE, find=inside_round)
def report_pdf(inside: Inside) -> ResponseReturnValue:
    """The evaluation report as a PDF, once the scores are open."""
    report = _report(inside)
    return pdf_answer(
        f"evaluation-{inside.challenge.reference}",
        "assessment/report.html",
        report=report,
        inside=inside,
        challenge=inside.challenge,
        now=clock.now(),
        ranks=_ranks(report),
        ranks_head=_ranks_head(report),
        said=_EVENTS,
        states={name: ASSIGNMENT[name].title for name in ASSIGNMENT.names},
        outcomes=_outcomes(report),
        criteria=inside.round.criteria,
    )


@page("/report.xlsx", "report_xlsx")
@access(Permission.CHALLENGE_PROCURE, find=inside_round)
def report_xlsx(inside: Inside) -> Response:
    """The same as tables, each score and each change a row."""
    return workbook_answer(f"evaluation-{inside.challenge.reference}", _tables(_report(inside)))


def _report(inside: Inside) -> Report:
    session = db_session()
    return report_of(session, inside, opened_standing(session, current_actor(), inside))


def _in_lots(report: Report) -> bool:
    return len(report.inside.round.lots) > 1


def _ranks_head(report: Report) -> list[str]:
    criteria = [each.name for each in report.inside.round.criteria]
    return [*(["Lot"] if _in_lots(report) else []), "Rank", "Response", *criteria, "Total", "Note"]


def _ranks(report: Report) -> Rows:
    """Lot where there are several, rank, firm, what counts for each criterion, total, and what is to be said of it."""
    titles = {lot.id: lot.title or f"Lot {lot.number}" for lot in report.inside.round.lots}
    judged = {each.response.id: each for each in report.standing.judged}
    return [
        [
            *([titles[lot]] if _in_lots(report) else []),
            place.rank,
            judged[place.key].firm,
            *(points(hundredths(score)) for score in (judged[place.key].agreed or {}).values()),
            percent(hundredths(place.total)),
            TIES[place.tie] if place.meets_minimum else "Below the published minimum",
        ]
        for lot, places in report.standing.lots.items()
        for place in places
    ]


def _outcomes(report: Report) -> Rows:
    """Firm, what the ranking proposed, what was decided, and why where they differ."""
    inside = report.inside
    proposed = proposal(db_session(), inside.challenge, inside.round, report.standing)
    rows: Rows = []
    for each in report.standing.judged:
        outcome, advice = report.outcomes.get(each.response.id), proposed.get(each.response.id)
        if outcome is not None:
            rows.append([each.firm, advice.label if advice else "", outcome.decision.label, outcome.departure])
    return rows


def _tables(report: Report) -> list[Sheet]:
    states = {name: ASSIGNMENT[name].title for name in ASSIGNMENT.names}
    panel: Rows = [
        [
            row.member.person.name,
            row.member.since,
            row.member.confidential_at,
            row.member.practised_at,
            row.given,
            row.locked,
            row.member.stood_down_at,
            row.member.stood_down_reason,
        ]
        for row in report.members
    ]
    head = ["Assessor", "Since", "Promised confidentiality", "Practised", "Sheets", "Locked", "Stood down", "Why"]
    scores: Rows = [
        [g.firm, g.criterion, g.assessor, g.score, g.comment, g.saved_at, states[g.state], g.locked_at]
        for g in report.given
    ]
    ended: Rows = [[s.firm, s.assessor, states[s.state], s.at, s.conflict, s.reopened] for s in report.sheets]
    agreed: Rows = [
        [a.firm, a.criterion, ", ".join(map(str, a.before)), a.after, a.reason, a.by, a.at] for a in report.agreed
    ]
    changes: Rows = [[c.number, c.at, c.who, _EVENTS.get(c.event, c.event), c.digest] for c in report.changes]
    return [
        Sheet("Ranking", _ranks_head(report), _ranks(report)),
        Sheet("Outcomes", ["Response", "The ranking proposed", "Decided", "Why"], _outcomes(report)),
        Sheet("Scores", ["Response", "Criterion", "Assessor", "Score", "Why", "Saved", "Sheet", "Locked"], scores),
        Sheet("Agreements", ["Response", "Criterion", "Before", "After", "Why", "Recorded by", "At"], agreed),
        Sheet("Panel", head, panel),
        Sheet("Stood down or reopened", ["Response", "Assessor", "Sheet", "Since", "Why ended", "Why reopened"], ended),
        Sheet("Every change", ["Journal entry", "At", "Who", "What", "Digest"], changes),
    ]
