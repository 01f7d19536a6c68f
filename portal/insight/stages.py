"""Where the region's challenges stand, and how long their stages take: promised and actual."""

import json
from collections import defaultdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import Challenge, Deal, Round, RoundKind
from portal.challenges.pathway import TITLES, ChallengeState
from portal.db import clock
from portal.insight.figures import Bar, Figure, middle
from portal.journal import JournalEntry
from portal.law.calendar import london_date

_MOST = 20_000
_TIMED = tuple(
    state
    for state in ChallengeState
    if state not in {ChallengeState.NO_SOLUTION, ChallengeState.NOT_FUNDED, ChallengeState.WITHDRAWN}
    and state is not ChallengeState.ACTIVATED
)


def by_stage(session: Session) -> Figure:
    """How many released challenges stand at each stage, passed deadlines counted."""
    standing = effective_state(clock.now()).label("standing")
    rows = session.execute(
        select(standing, func.count())
        .select_from(Challenge)
        .outerjoin(Round, CURRENT_ROUND)
        .where(Challenge.released_at.is_not(None))
        .group_by(standing)
    )
    counts = {str(state): number for state, number in rows}
    lines = tuple((TITLES[state][0], counts[state]) for state in ChallengeState if state in counts)
    return Figure(
        "stages",
        "Challenges by stage",
        "Challenges",
        ("Stage", "Challenges"),
        lines,
        tuple(Bar(title, number, f"{number:,}") for title, number in lines),
        ("Every challenge that has been released, where it stands now. What is not released yet is not counted.",),
    )


def times(session: Session) -> Figure:
    """The middle number of days that released challenges spent at each stage, beside what their briefs promised."""
    spent, promised = _spent(session), _promised(session)
    lines = tuple(
        (
            TITLES[state][0],
            len(spent.get(state, ())),
            middle(promised[state]) if promised.get(state) else "Nothing promised",
            middle(spent[state]) if spent.get(state) else "None finished",
        )
        for state in _TIMED
        if spent.get(state) or promised.get(state)
    )
    bars = tuple(
        Bar(f"{title}, {words}", days, f"{days:,} {'day' if days == 1 else 'days'}")
        for title, _number, before, after in lines
        for words, days in (("promised", before), ("actual", after))
        if isinstance(days, int)
    )
    return Figure(
        "times",
        "Days at each stage, promised and actual",
        "Days",
        ("Stage", "Stages finished", "Days promised", "Days taken"),
        lines,
        bars,
        (
            "The middle value (median): half took less, half more.",
            "Briefs promise two things: how long firms have to answer, and the day they hear the decision.",
            f"Told from the journal of moves, {_MOST:,} at most.",
        ),
    )


def _spent(session: Session) -> dict[str, list[int]]:
    """Days between entering and leaving a state, by state, one for each stay that ended."""
    rows = session.execute(
        select(JournalEntry.challenge_id, JournalEntry.at, JournalEntry.data)
        .join(Challenge, Challenge.id == JournalEntry.challenge_id)
        .where(
            Challenge.released_at.is_not(None),
            JournalEntry.subject_kind.in_(("showcase", "direct", "challenge")),
            JournalEntry.subject_id == JournalEntry.challenge_id,
        )
        .order_by(JournalEntry.sequence)
        .limit(_MOST)
    )
    entered: dict[int, date] = {}
    spent: dict[str, list[int]] = defaultdict(list)
    for challenge, at, data in rows:
        told = json.loads(data)
        before, after = told.get("before"), told.get("after")
        if challenge is None or not after or before == after:
            continue
        day = london_date(at)
        if before and challenge in entered:
            spent[before].append((day - entered[challenge]).days)
        entered[challenge] = day
    return spent


def _promised(session: Session) -> dict[str, list[int]]:
    """Days from release to the deadline, and from the deadline to the promised decision."""
    rows = session.execute(
        select(Challenge.released_at, Round.deadline, Deal.decision_on)
        .join(Round, Round.challenge_id == Challenge.id)
        .outerjoin(Deal, Deal.challenge_id == Challenge.id)
        .where(Challenge.released_at.is_not(None), Round.kind == RoundKind.CHALLENGE, Round.deadline.is_not(None))
        .order_by(Challenge.id)
        .limit(_MOST)
    )
    promised: dict[str, list[int]] = defaultdict(list)
    for released_at, deadline, decision_on in rows:
        closes = london_date(deadline or clock.now())
        promised[ChallengeState.OPEN].append((closes - london_date(released_at or clock.now())).days)
        if decision_on is not None and decision_on >= closes:
            promised[ChallengeState.ASSESSMENT].append((decision_on - closes).days)
    return promised
