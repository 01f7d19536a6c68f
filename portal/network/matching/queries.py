"""Ranking firms for a challenge and challenges for a firm: a fixed number of statements, however many there are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges import brief_content
from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import BriefVersion, Challenge, Round
from portal.challenges.pathway import ChallengeState
from portal.db import clock
from portal.network.categories import Category
from portal.network.local import ABROAD, Basis, Ring, circles_of
from portal.network.matching import reasons
from portal.network.matching.models import MailChoice, SavedSearch, Telling
from portal.network.matching.reasons import Reason
from portal.network.register.queries import categories_of, shown_firms, shown_ids
from portal.network.words import Match, SubjectKind, best, holding, telling_words
from portal.organisations.models import FirmProfile, Organisation
from portal.partnerships.models import Partnership
from portal.text import plain

CONSIDERED = 200
"""Firms whose words are closest; the other reasons order these."""


@dataclass(frozen=True)
class RankedFirm:
    """A firm with why it may fit, and when it was told."""

    firm: Organisation
    reasons: tuple[Reason, ...]
    told_at: datetime | None

    @property
    def points(self) -> int:
        """All reasons together, of a hundred."""
        return sum(each.points for each in self.reasons)


@dataclass(frozen=True)
class FittingChallenge:
    """An open challenge with the words it shares with a firm."""

    challenge: Challenge
    deadline: datetime | None
    words: tuple[str, ...]


def words_of_challenge(session: Session, challenge: Challenge) -> dict[str, float]:
    """The texts of a challenge with their weights: as last published, or as they stand before that."""
    latest = session.scalars(
        select(BriefVersion)
        .where(BriefVersion.challenge_id == challenge.id)
        .order_by(BriefVersion.number.desc())
        .limit(1)
    ).first()
    content = brief_content.read(latest) if latest else brief_content.content_of(session, challenge)
    rest = [plain(section["html"]) for section in content["sections"]] + content["must_haves"]
    rest += [f"{lot['title']} {lot['description']}" for lot in content["lots"]]
    weighted = {content["title"]: 3.0, content["summary"]: 2.0, content["theme"]: 1.0, "\n".join(rest): 1.0}
    return {text: weight for text, weight in weighted.items() if text}


def firms_for(session: Session, challenge: Challenge, *, most: int = 50) -> list[RankedFirm]:
    """Firms that agreed to be shown, the best fit first, each with its reasons. Firms without a word in common are not
    among them, and may answer all the same.
    """
    text = "\n".join(words_of_challenge(session, challenge))
    matches = best(session, SubjectKind.FIRM, text, among=shown_ids(), most=CONSIDERED)
    if not matches:
        return []
    facts = _Facts.gathered(session, challenge, [match.subject_id for match in matches])
    asked = frozenset(telling_words(text))
    ranked = [facts.ranked(match, asked, matches[0].score) for match in matches if match.subject_id in facts.firms]
    return sorted(ranked, key=lambda each: (-each.points, each.firm.name, each.firm.id))[:most]


@dataclass(frozen=True)
class _Facts:
    """What the reasons need to know of some firms, read at once."""

    challenge: Challenge
    firms: dict[int, tuple[Organisation, FirmProfile]]
    categories: dict[int, list[Category]]
    places: dict[int, tuple[str | None, str | None]]
    titles: dict[Ring, str]
    partnerships: Counter[int]
    told: dict[int, datetime]

    @classmethod
    def gathered(cls, session: Session, challenge: Challenge, keys: list[int]) -> "_Facts":
        circles = circles_of(session, challenge.lead_id)
        where = circles.placed(Organisation.postcode)
        placed = where.join(select(Organisation.id, where.ring, where.basis).select_from(Organisation))
        firms = session.execute(shown_firms().where(Organisation.id.in_(keys)))
        told = select(Telling.organisation_id, Telling.told_at).where(Telling.challenge_id == challenge.id)
        # A contract that is still prepared is its authority's own affair.
        begun = Challenge.activated_at.is_not(None)
        work = select(Partnership.organisation_id, func.count()).join(
            Challenge, Challenge.id == Partnership.challenge_id
        )
        work = work.where(Partnership.organisation_id.in_(keys), begun)
        return cls(
            challenge,
            {row[0].id: (row[0], row[1]) for row in firms},
            categories_of(session, keys),
            {row[0]: (row[1], row[2]) for row in session.execute(placed.where(Organisation.id.in_(keys)))},
            {ring: circles.title(ring) for ring in Ring},
            Counter({row[0]: row[1] for row in session.execute(work.group_by(Partnership.organisation_id))}),
            {row[0]: row[1] for row in session.execute(told)},
        )

    def ranked(self, match: Match, asked: frozenset[str], highest: float) -> RankedFirm:
        firm, profile = self.firms[match.subject_id]
        sold = frozenset(telling_words(profile.developed))
        names = [
            each.name for each in self.categories.get(firm.id, []) if not asked.isdisjoint(telling_words(each.name))
        ]
        found = (
            reasons.in_common(match.words, match.score, highest),
            reasons.developed([word for word in match.words if word in sold]),
            reasons.category(names),
            self._place(firm),
            reasons.capacity(firm.headcount, self.challenge.estimated_pence),
            reasons.past_work(self.partnerships[firm.id]),
        )
        return RankedFirm(firm, tuple(each for each in found if each), self.told.get(firm.id))

    def _place(self, firm: Organisation) -> Reason:
        ring, basis = self.places.get(firm.id, (None, None))
        if ring is None or basis is None:
            return reasons.place(None, "", "")
        if ring == ABROAD:
            return reasons.place(None, "Outside the United Kingdom", Basis(basis).label)
        return reasons.place(Ring(ring), self.titles[Ring(ring)], Basis(basis).label)


def open_challenges(since: datetime | None = None) -> Select[int]:
    """The ids of the challenges that anybody may answer now, or of those of them released since a moment."""
    found = (
        select(Challenge.id)
        .join(Round, CURRENT_ROUND)
        .where(Challenge.released_at.is_not(None), effective_state(clock.now()) == ChallengeState.OPEN)
    )
    return found if since is None else found.where(Challenge.released_at > since)


def challenges_for(
    session: Session, text: str, *, since: datetime | None = None, most: int = 20
) -> list[FittingChallenge]:
    """Open challenges that share the most with what a firm says, the best fit first."""
    matches = best(session, SubjectKind.CHALLENGE, text, among=open_challenges(since), most=most)
    found = _as_read(session, [match.subject_id for match in matches])
    return [FittingChallenge(*found[match.subject_id], match.words) for match in matches if match.subject_id in found]


def challenges_with(
    session: Session, words: str, *, since: datetime | None = None, most: int = 20
) -> list[FittingChallenge]:
    """Open challenges with every one of these words, the newest first."""
    conditions = holding(SubjectKind.CHALLENGE, words)
    if not conditions:
        return []
    ids = open_challenges(since).order_by(Challenge.released_at.desc(), Challenge.id.desc()).limit(most)
    keys = list(session.scalars(ids.where(*(Challenge.id.in_(each) for each in conditions))))
    found = _as_read(session, keys)
    return [FittingChallenge(*found[key], ()) for key in keys if key in found]


def _as_read(session: Session, keys: list[int]) -> dict[int, tuple[Challenge, datetime | None]]:
    rows = (
        select(Challenge, Round.deadline)
        .join(Round, CURRENT_ROUND)
        .where(Challenge.id.in_(keys))
        .options(joinedload(Challenge.lead))
    )
    return {row[0].id: (row[0], row[1]) for row in session.execute(rows)}


def tellings_of(session: Session, challenge: Challenge) -> Sequence[Any]:
    """Which firms were told of a challenge, the latest first: name, reference and moment."""
    return session.execute(
        select(Organisation.name, Organisation.reference, Telling.told_at)
        .join(Organisation, Organisation.id == Telling.organisation_id)
        .where(Telling.challenge_id == challenge.id)
        .order_by(Telling.told_at.desc(), Telling.id.desc())
        .limit(500)
    ).all()


def searches_of(session: Session, person_id: int | None) -> Sequence[SavedSearch]:
    """What somebody looks for, in the order it was saved."""
    mine = select(SavedSearch).where(SavedSearch.person_id == person_id)
    return session.scalars(mine.order_by(SavedSearch.id)).all()


def choice_of(session: Session, person_id: int | None) -> MailChoice | None:
    """Which mails somebody wants, once they have said so."""
    return session.get(MailChoice, person_id) if person_id else None


def digests_due(session: Session) -> bool:
    """Whether anybody waits for a digest."""
    return (
        session.scalar(select(MailChoice.person_id).where(MailChoice.next_digest_at <= clock.now()).limit(1))
        is not None
    )
