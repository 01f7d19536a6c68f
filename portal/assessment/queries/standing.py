"""Where every response stands once sheets are locked: its scores side by side, what was agreed, its place."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.assessment import ranking
from portal.assessment.models import Assignment, Moderation, Score
from portal.assessment.queries.inside import Inside, to_be_scored
from portal.assessment.queries.panel import has_sheet, scores_opened, unfinished
from portal.challenges.models import ConflictDeclaration, Criterion, Round, ScoringMethod
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor
from portal.responses.content import content_of
from portal.responses.models import Response
from portal.responses.queries import latest_snapshots


@dataclass(frozen=True, slots=True)
class Sheet:
    """One locked sheet: whose it is, and value and comment for each criterion."""

    id: int
    assessor: str
    scores: dict[int, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Point:
    """One criterion of one response: the sheets' scores, whether they lie too far apart, and what counts."""

    criterion: Criterion
    values: dict[int, int]
    moderation: Moderation | None
    needs_meeting: bool
    agreed: Fraction | None

    @property
    def spread(self) -> int:
        """How far the highest and the lowest score lie apart."""
        return max(self.values.values()) - min(self.values.values()) if self.values else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """One response with its sheets and its points."""

    response: Response
    sheets: tuple[Sheet, ...]
    points: tuple[Point, ...]

    @property
    def firm(self) -> str:
        """The lead firm's name."""
        return self.response.organisation.name

    @property
    def agreed(self) -> dict[int, Fraction] | None:
        """What counts for each criterion; None while any is still open."""
        agreed = {point.criterion.id: point.agreed for point in self.points}
        return None if None in agreed.values() else {key: score for key, score in agreed.items() if score is not None}

    def point(self, criterion_id: int) -> Point | None:
        """What stands on one criterion."""
        return next((point for point in self.points if point.criterion.id == criterion_id), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole round: every response judged so far, and the ranking within each lot."""

    judged: tuple[Judged, ...]
    lots: dict[int, list[ranking.Place]]

    def of(self, response_id: int) -> Judged | None:
        """One response."""
        return next((each for each in self.judged if each.response.id == response_id), None)

    @property
    def places(self) -> dict[int, ranking.Place]:
        """The place of each response that is completely judged."""
        return {place.key: place for places in self.lots.values() for place in places}


def opened_standing(session: Session, actor: Actor, inside: Inside) -> Standing:
    """The standing for somebody who may see it.

    Raises `NotAllowed` for anybody who assesses in the challenge, and `NotNow` until the scores were opened, or while
    a sheet is open again.
    """
    if has_sheet(session, inside.challenge.id, actor.person_id):
        raise NotAllowed("You are an assessor here, and assessors never see one another's sheets.")
    if scores_opened(session, inside.round) is None:
        raise NotNow("The scores have not been opened yet: every sheet must be locked first.")
    if waiting := unfinished(session, inside.round):
        sheets = "a sheet is" if waiting == 1 else f"{waiting} sheets are"
        raise NotNow(f"The scores cannot be seen while {sheets} still open.")
    return standing(session, inside.round)


def standing(session: Session, asked: Round) -> Standing:
    """The standing of a round whose criteria are loaded, for requirements and services; pages use the one above."""
    responses = session.scalars(to_be_scored(asked)).all()
    sheets, moderations = _sheets(session, asked), _moderations(session, asked)
    priced = _price_scores(session, asked, responses)
    judged = tuple(_judge(asked, each, tuple(sheets[each.id]), moderations, priced) for each in responses)
    by_lot: dict[int, dict[int, dict[int, Fraction]]] = defaultdict(dict)
    for each in judged:
        if (agreed := each.agreed) is not None:
            by_lot[each.response.lot_id][each.response.id] = agreed
    weighed = [ranking.Weighed(each.id, each.weight, each.max_score, each.position) for each in asked.criteria]
    return Standing(
        judged, {lot: ranking.ranked(weighed, scores, asked.minimum_percent) for lot, scores in by_lot.items()}
    )


def _price_scores(session: Session, asked: Round, responses: Sequence[Response]) -> dict[int, Fraction]:
    """What each price is worth as a part of the highest score, by response.

    Nothing where no criterion is worked out from it; and not even read before the scores are opened, because the
    price's envelope stays closed until quality is locked.
    """
    by_formula = any(each.by_price and not each.price_judged for each in asked.criteria)
    if not by_formula or scores_opened(session, asked) is None:
        return {}
    prices: dict[int, dict[int, int | None]] = defaultdict(dict)
    snapshots = latest_snapshots(session, responses)
    for each in responses:
        snapshot = snapshots.get(each.id)
        prices[each.lot_id][each.id] = content_of(snapshot).price_pence if snapshot else None
    return {key: part for lot in prices.values() for key, part in ranking.price_parts(lot).items()}


def _judge(
    asked: Round,
    response: Response,
    sheets: tuple[Sheet, ...],
    moderations: dict[tuple[int, int], Moderation],
    priced: dict[int, Fraction],
) -> Judged:
    points = []
    for criterion in asked.criteria:
        if criterion.by_price and not criterion.price_judged:
            part = priced.get(response.id)
            points.append(Point(criterion, {}, None, False, None if part is None else part * criterion.max_score))
            continue
        values = {sheet.id: sheet.scores[criterion.id][0] for sheet in sheets if criterion.id in sheet.scores}
        points.append(_point(asked, criterion, values, moderations.get((response.id, criterion.id))))
    return Judged(response, sheets, tuple(points))


def _point(asked: Round, criterion: Criterion, values: dict[int, int], moderation: Moderation | None) -> Point:
    """What counts: an agreement on exactly these scores, else (as published) their mean, or what all gave alike."""
    if moderation is not None and moderation.before != before_of(values):
        moderation = None
    if moderation is not None:
        return Point(criterion, values, moderation, True, Fraction(moderation.after))
    distinct = set(values.values())
    apart = max(distinct) - min(distinct) if distinct else 0
    needs = apart > asked.spread_limit or (asked.scoring is ScoringMethod.CONSENSUS and apart > 0)
    agreed = None if needs or not values else ranking.mean(list(values.values()))
    return Point(criterion, values, None, needs, agreed)


def before_of(values: dict[int, int]) -> str:
    """The scores on the table as a moderation keeps them."""
    return json.dumps({str(sheet): value for sheet, value in sorted(values.items())})


def _sheets(session: Session, asked: Round) -> dict[int, list[Sheet]]:
    """The locked sheets that count, by response: none of anybody who has declared a conflict since."""
    declared = exists().where(
        ConflictDeclaration.challenge_id == Assignment.challenge_id,
        ConflictDeclaration.person_id == Assignment.person_id,
        ConflictDeclaration.conflicted,
    )
    rows: Any = session.execute(
        select(Assignment.response_id, Assignment.id, Person.name, Score.criterion_id, Score.value, Score.comment)
        .join(Person, Person.id == Assignment.person_id)
        .join(Score, Score.assignment_id == Assignment.id)
        .where(Assignment.round_id == asked.id, Assignment.state == "locked", ~declared)
        .order_by(Person.name, Assignment.id)
    )
    found: dict[int, list[Sheet]] = defaultdict(list)
    for response, sheet, assessor, criterion, value, comment in rows:
        if not found[response] or found[response][-1].id != sheet:
            found[response].append(Sheet(sheet, assessor, {}))
        found[response][-1].scores[criterion] = (value, comment)
    return found


def _moderations(session: Session, asked: Round) -> dict[tuple[int, int], Moderation]:
    rows = session.scalars(
        select(Moderation)
        .join(Criterion, Criterion.id == Moderation.criterion_id)
        .where(Criterion.round_id == asked.id)
        .order_by(Moderation.id)
    )
    return {(each.response_id, each.criterion_id): each for each in rows}
