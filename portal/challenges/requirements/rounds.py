"""What must be true of a round before it opens, and while it is open."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from portal.challenges import incidents, parts, proportion, standing
from portal.challenges.models import Challenge, Criterion, Round, RoundKind
from portal.challenges.requirements.given import given_deadline
from portal.law.calendar import LONDON, london_date
from portal.machine import Requirement, Situation

_CRITERIA = {RoundKind.CHALLENGE: "brief.criteria", RoundKind.TENDER: "brief.tender_criteria"}
_DATES = {RoundKind.CHALLENGE: "brief.dates", RoundKind.TENDER: "brief.tender_dates"}


def _round(at: Situation[Challenge], kind: RoundKind) -> Round | None:
    wanted = select(Round).where(Round.challenge_id == at.subject.id, Round.kind == kind)
    found: Round | None = at.session.scalars(wanted).first()
    return found


def weights_add_up(kind: RoundKind) -> Requirement:
    """The weights of the round's criteria make 100, and every criterion asks a question."""

    def check(at: Situation[Challenge]) -> list[str]:
        rows = at.session.execute(
            select(func.count(), func.coalesce(func.sum(Criterion.weight), 0))
            .join(Round, Round.id == Criterion.round_id)
            .where(Round.challenge_id == at.subject.id, Round.kind == kind)
        )
        count, total = rows.one()
        if not count:
            return ["There are no criteria yet"]
        return [] if total == 100 else [f"They add up to {total}"]

    return Requirement("weights_add_up", "The criteria's weights add up to 100.", _CRITERIA[kind], check)


def form_proportionate(kind: RoundKind) -> Requirement:
    """Nothing is asked that the law forbids, and each question beyond the standard ones has its reason."""

    def check(at: Situation[Challenge]) -> list[str]:
        below = proportion.below_threshold(at.session, at.subject)
        wanted = ("criteria",) if kind is RoundKind.TENDER else ("must_haves", "criteria")
        return [
            sentence
            for key in wanted
            for _number, _name, sentence in proportion.faults(
                key, parts.read(at.session, at.subject, key, kind), below=below
            )
        ]

    return Requirement("form_proportionate", "The form asks no more than it may.", _CRITERIA[kind], check)


def questions_close_before_deadline(kind: RoundKind) -> Requirement:
    """Firms need the answers before they have to send theirs."""

    def check(at: Situation[Challenge]) -> bool:
        found = _round(at, kind)
        if found is None or found.questions_until is None or found.deadline is None:
            return False
        return found.questions_until < found.deadline

    return Requirement(
        "questions_close_before_deadline",
        "Questions can be asked until a time before the deadline.",
        _DATES[kind],
        check,
    )


def deadline_lawful(kind: RoundKind) -> Requirement:
    """Firms get at least the days that law or policy gives them, counted from the day after the round opens."""

    def check(at: Situation[Challenge]) -> list[str]:
        found = _round(at, kind)
        if found is None or found.deadline is None:
            return ["No deadline is set"]
        opens = london_date(found.opens_at or at.now)
        earliest = standing.earliest_deadline(at.session, at.subject, kind, opens)
        if london_date(found.deadline) >= earliest.day:
            return []
        return [f"The first possible day is {earliest.day.day} {earliest.day:%B %Y}. {earliest.period.source}."]

    return Requirement("deadline_lawful", "The deadline gives firms enough time.", _DATES[kind], check)


def deadline_ahead(kind: RoundKind) -> Requirement:
    """The deadline has not passed."""

    def check(at: Situation[Challenge]) -> bool:
        found = _round(at, kind)
        return found is not None and found.deadline is not None and found.deadline > at.now

    return Requirement("deadline_ahead", "The deadline is still to come.", _DATES[kind], check)


def new_deadline_later(kind: RoundKind) -> Requirement:
    """The deadline given with the move is still to come and later than the one there was: it never moves forward."""

    def check(at: Situation[Challenge]) -> list[str]:
        found, wanted = _round(at, kind), given_deadline(at)
        if wanted is None:
            return ["Say what the new deadline is"]
        if wanted <= at.now:
            return ["The new deadline must be still to come"]
        if found is not None and found.deadline is not None and wanted <= found.deadline:
            return ["The new deadline must be later than the one there is"]
        return []

    return Requirement("new_deadline_later", "The new deadline is later than the old one.", "", check, of_given=True)


def incident_recorded(kind: RoundKind) -> Requirement:
    """A round that has closed opens again for one cause only: the portal was away, and it is on record when."""

    def check(at: Situation[Challenge]) -> bool:
        found = _round(at, kind)
        return found is not None and bool(incidents.pending(at.session, found))

    return Requirement(
        "incident_recorded", "It is recorded when the portal was away, and why.", "brief.incident", check
    )


def time_restored(kind: RoundKind) -> Requirement:
    """Where the portal was away, everybody gets back at least what they lost."""

    def check(at: Situation[Challenge]) -> list[str]:
        found, wanted = _round(at, kind), given_deadline(at)
        least = incidents.owed(at.session, found) if found is not None else None
        if least is None or wanted is None or wanted >= least:
            return []
        local = least.astimezone(LONDON)
        return [f"The earliest is {local.day} {local:%B %Y at %H:%M}"]

    return Requirement(
        "time_restored",
        "The new deadline gives everyone back the time in which the portal was away.",
        "brief.incident",
        check,
        of_given=True,
    )


def deadline_of(kind: RoundKind) -> Callable[[Situation[Challenge]], datetime | None]:
    """When the clock closes a round: its deadline."""

    def due(at: Situation[Challenge]) -> datetime | None:
        found: datetime | None = at.session.scalar(
            select(Round.deadline).where(Round.challenge_id == at.subject.id, Round.kind == kind)
        )
        return found

    return due
