"""What forms ask of firms: an authority's usual ones, and those of its challenges, read as sets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.challenges.asking import WORDS_A_MINUTE, effort_of
from portal.challenges.beside import Beside
from portal.challenges.models import Challenge, Criterion, Round, RoundKind
from portal.db import clock
from portal.law.calendar import london_date
from portal.network.options import NetworkOption, is_on
from portal.network.simpler.models import UsualForm
from portal.organisations.models import Organisation
from portal.policy import Permission

_MOST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What a released challenge's form costs one firm, and what the usual form of its day would have."""

    reference: str
    title: str
    released: date
    questions: int
    added: int
    minutes: int
    before: int | None

    @property
    def saved(self) -> int | None:
        """Minutes that each firm was spared; below nought where the form asks more; None with nothing to compare."""
        return None if self.before is None else self.before - self.minutes


@dataclass(frozen=True, slots=True)
class Year:
    """What the forms of a year's challenges cost a firm, on average: before and after."""

    year: int
    challenges: int
    minutes: int
    before: int | None


def usual_forms(session: Session, organisation_id: int) -> Sequence[UsualForm]:
    """An authority's usual forms, the newest first."""
    rows = select(UsualForm).where(UsualForm.organisation_id == organisation_id)
    return session.scalars(rows.order_by(UsualForm.since.desc(), UsualForm.id.desc()).limit(100)).all()


def usual_on(forms: Iterable[UsualForm], day: date) -> UsualForm | None:
    """The usual form of a day, out of forms that are in order; a challenge before all of them has the first."""
    known = list(forms)
    return next((each for each in known if each.since <= day), known[-1] if known else None)


def asked_of_firms(session: Session, organisation: Organisation, forms: Sequence[UsualForm]) -> list[Asked]:
    """The released challenges an authority leads, the latest first, in one statement; five hundred at most."""
    least = effort_of(()).minutes
    rows = session.execute(
        select(
            Challenge.reference,
            Challenge.title,
            Challenge.released_at,
            func.count(Criterion.id),
            func.count(func.nullif(Criterion.reason, "")),
            func.coalesce(func.sum((Criterion.word_limit + WORDS_A_MINUTE - 1) // WORDS_A_MINUTE), 0),
        )
        .join(Round, Round.challenge_id == Challenge.id)
        .outerjoin(Criterion, Criterion.round_id == Round.id)
        .where(
            Challenge.lead_id == organisation.id,
            Challenge.released_at.is_not(None),
            Round.kind == RoundKind.CHALLENGE,
        )
        .group_by(Challenge.id, Challenge.reference, Challenge.title, Challenge.released_at)
        .order_by(Challenge.released_at.desc(), Challenge.id.desc())
        .limit(_MOST)
    ).all()
    found = []
    for reference, title, released_at, questions, added, writing in rows:
        day = london_date(released_at or clock.now())
        usual = usual_on(forms, day)
        before = usual.minutes if usual else None
        found.append(Asked(reference, title, day, questions, added, least + int(writing), before))
    return found


def by_year(asked: Iterable[Asked]) -> list[Year]:
    """The averages of each year, the earliest first."""
    years: dict[int, list[Asked]] = {}
    for each in asked:
        years.setdefault(each.released.year, []).append(each)
    found = []
    for year, those in sorted(years.items()):
        compared = [each.before for each in those if each.before is not None]
        before = round(sum(compared) / len(compared)) if compared else None
        found.append(Year(year, len(those), round(sum(each.minutes for each in those) / len(those)), before))
    return found


def helps(session: Session, challenge: Challenge) -> Iterable[Beside]:
    """What the form may ask and what it costs, beside every brief."""
    if is_on(session, challenge.lead_id, NetworkOption.SIMPLER_PROCESS):
        yield Beside(
            "simpler.of_challenge",
            "What this form asks of firms",
            "What it may ask at this value, why it asks more, and the minutes it costs: before and after.",
            Permission.CHALLENGE_SEE,
        )
