"""One challenge on its way: when its next act is, who does it, and what they find."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.assessment.queries import Inside
from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import inside, released, round_of
from portal.demo import shapes
from portal.demo.rules import passed
from portal.demo.world import World
from portal.policy import Actor, Permission
from portal.responses import seal

Acts = Iterator[datetime]
"""A walk asks for the time of its next act, and acts once the clock stands there."""

Found = TypeVar("Found")


def there(found: Found | None) -> Found:
    """What somebody was sure to find. Raises `LookupError` where it is hidden from them or missing."""
    if found is None:
        raise LookupError("What the walk needs here is not there for this person.")
    return found


@dataclass(frozen=True)
class Act:
    """A person in a transaction of their own, as in a request."""

    session: Session
    actor: Actor
    reference: str

    @cached_property
    def challenge(self) -> Challenge:
        """The challenge as the people inside it find it."""
        return there(inside(self.session, self.actor, self.reference))

    @property
    def published(self) -> Challenge:
        """The challenge as firms find it."""
        return there(released(self.session, self.actor, self.reference))

    def asked(self, kind: RoundKind) -> Inside:
        """One of the challenge's rounds, for the people inside."""
        challenge = self.challenge
        return Inside(challenge, there(round_of(self.session, challenge, kind)))

    def open_round(self, kind: RoundKind) -> Round:
        """One of the rounds of the published challenge, for firms."""
        return there(round_of(self.session, self.published, kind))


@dataclass(slots=True)
class Walk:
    """A challenge's text on its way through the portal; `responses` holds their references by round and firm,
    `invitations` the keys of what partners were asked, by round, lead and partner.
    """

    world: World
    text: shapes.Challenge
    reference: str = ""
    responses: dict[tuple[RoundKind, str], str] = field(default_factory=dict)
    invitations: dict[tuple[RoundKind, str, str], str] = field(default_factory=dict)
    _last: datetime | None = None

    def at(self, day: int, hour: int = 10) -> datetime:
        """The time of the next act: on this day, but after the one before it and never after the loading."""
        return self.no_earlier(self.world.moment(day, hour))

    def no_earlier(self, wanted: datetime) -> datetime:
        """As `at`, for a moment."""
        if self._last is not None:
            wanted = max(wanted, self._last + timedelta(minutes=1))
        self._last = min(wanted, self.world.loaded_at)
        return self._last

    def in_order(self, acts: Iterable[tuple[datetime, Callable[[], None]]]) -> Acts:
        """Do several things, each at its time, the earliest first."""
        for moment, act in sorted(acts, key=lambda each: each[0]):
            yield self.no_earlier(moment)
            act()

    def leaves(self, state: str) -> bool:
        """Whether the challenge has left this state behind."""
        return state in passed(self.text)

    @property
    def tendered(self) -> bool:
        """Whether its tender round has been opened."""
        return self.text.tender is not None and self.text.reached in {
            "tender",
            "tender_assessment",
            "award",
            "activated",
        }

    @property
    def second_officer(self) -> str:
        """Who opens responses with the challenge's officer."""
        return self.world.second_officer(self.text.officer, self.text.authority)

    @property
    def second_officer_is_inside(self) -> bool:
        """Whether that person's own authority takes part, so that nobody has to name them."""
        bodies = {person.key: person.organisation for person in self.world.library.people}
        return bodies[self.second_officer] in {self.text.authority, *self.text.joint_authorities}

    @contextmanager
    def acting(self, person: str) -> Iterator[Act]:
        """Let somebody act in a transaction of their own, with the rights they hold at this moment."""
        with self.world.database.writing() as session:
            actor = actor_of(session, session.get_one(Person, self.world.people[person]))
            seal.read_as(session, actor.ids(Permission.RESPONSE_WRITE))
            yield Act(session, actor, self.reference)

    def as_owner(self) -> AbstractContextManager[Act]:
        """The challenge's owner acts."""
        return self.acting(self.text.owner)

    def as_officer(self) -> AbstractContextManager[Act]:
        """Its procurement officer acts."""
        return self.acting(self.text.officer)
