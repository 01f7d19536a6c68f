"""Finding firms that would answer together. Whoever belongs to the challenge's own side is shown nothing at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from portal.accounts.models import Person
from portal.challenges.beside import Beside
from portal.challenges.models import Challenge, Round
from portal.challenges.queries import inside, released
from portal.db import clock
from portal.network.options import NetworkOption, is_on
from portal.network.teaming.models import TeamingWord
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.models import Response
from portal.responses.queries import current_round, firms_of, is_open, of_firms, people_of

MOST_SHOWN = 200


@dataclass(frozen=True)
class Teaming:
    """A round of a challenge as the people of some firms may join others in it."""

    challenge: Challenge
    asked: Round
    firms: tuple[Organisation, ...]

    @property
    def firm_ids(self) -> frozenset[int]:
        """The firms this person answers for."""
        return frozenset(firm.id for firm in self.firms)

    @property
    def is_open(self) -> bool:
        """Whether the round takes responses still."""
        return is_open(self.challenge, self.asked, clock.now())

    def scopes(self) -> frozenset[Scope]:
        """The firms' own side, and nobody's of the challenge."""
        return frozenset(Scope(ScopeKind.SUPPLIER, each) for each in self.firm_ids)


@dataclass(frozen=True)
class Other:
    """Another firm that would join, as a firm that said so too sees it."""

    teaming: Teaming
    word: TeamingWord

    def scopes(self) -> frozenset[Scope]:
        """As for the whole round."""
        return self.teaming.scopes()


def teaming_at(session: Session, actor: Actor, reference: str) -> Teaming | None:
    """A released challenge for people of firms, unless they belong to the challenge's own side as well."""
    firms = tuple(firms_of(session, actor))
    challenge = released(session, actor, reference) if firms else None
    if challenge is None or inside(session, actor, reference) is not None:
        return None
    asked = current_round(session, challenge)
    return Teaming(challenge, asked, firms) if asked else None


def other_at(session: Session, actor: Actor, reference: str, firm: str) -> Other | None:
    """One other firm that would join, for a firm that said so too."""
    teaming = teaming_at(session, actor, reference)
    words = words_seen(session, teaming) if teaming else ()
    found = (each for each in words if each.organisation.reference == firm)
    return next((Other(teaming, each) for each in found if teaming and not _is_own(teaming, each)), None)


def words_seen(session: Session, teaming: Teaming) -> Sequence[TeamingWord]:
    """Everybody who would join, one's own firm among them, who said so first; nobody where it has not said so."""
    mine = aliased(TeamingWord)
    said_too = exists().where(mine.round_id == teaming.asked.id, mine.organisation_id.in_(teaming.firm_ids))
    return session.scalars(
        select(TeamingWord)
        .where(TeamingWord.round_id == teaming.asked.id, said_too)
        .options(joinedload(TeamingWord.organisation, innerjoin=True))
        .order_by(TeamingWord.said_at, TeamingWord.id)
        .limit(MOST_SHOWN)
    ).all()


def parted(teaming: Teaming, words: Iterable[TeamingWord]) -> tuple[list[TeamingWord], list[TeamingWord]]:
    """One's own firms' words, and the others'."""
    known = list(words)
    return [each for each in known if _is_own(teaming, each)], [each for each in known if not _is_own(teaming, each)]


def word_of(session: Session, asked: Round, firm_id: int) -> TeamingWord | None:
    """A firm's own word in a round, as it stands now."""
    found = select(TeamingWord).where(TeamingWord.round_id == asked.id, TeamingWord.organisation_id == firm_id)
    whole = found.options(joinedload(TeamingWord.organisation, innerjoin=True))
    return session.scalars(whole.execution_options(populate_existing=True)).first()


def led_responses(session: Session, actor: Actor, teaming: Teaming) -> list[Response]:
    """The responses into which others can be invited: those that one's own firms lead and have not withdrawn."""
    found = of_firms(session, actor, teaming.asked)
    return [each for each in found if each.organisation_id in teaming.firm_ids and each.state != "withdrawn"]


def in_all(responses: Iterable[Response]) -> frozenset[int]:
    """The firms that stand behind every one of these already, so that there is nothing left to invite them into."""
    members = [frozenset(member.organisation_id for member in each.members) for each in responses]
    return frozenset.intersection(*members) if members else frozenset()


def address_of(session: Session, word: TeamingWord) -> str | None:
    """Where a firm is invited: whoever gave its word, or another of its people once they have left; None: nobody."""
    people = session.scalars(people_of([word.organisation_id])).all()
    chosen = word.said_by_id if word.said_by_id in people else next(iter(people), None)
    return session.get_one(Person, chosen).email if chosen is not None else None


def for_firms(session: Session, actor: Actor, challenge: Challenge) -> Iterable[Beside]:
    """The link to this room from a challenge's public page and from a firm's own pages, while it takes responses."""
    if actor.where(Permission.RESPONSE_WRITE) and is_on(session, challenge.lead_id, NetworkOption.SHARED_NEED):
        found = teaming_at(session, actor, challenge.reference)
        if found and found.is_open:
            meaning = "Only firms that say so too see it. The council does not."
            yield Beside("teaming.page", "Find firms to answer with", meaning, Permission.RESPONSE_WRITE)


def _is_own(teaming: Teaming, word: TeamingWord) -> bool:
    return word.organisation_id in teaming.firm_ids
