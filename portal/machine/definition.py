"""What a machine is made of: stages, states, requirements and moves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

S = TypeVar("S")


class Acting(Protocol):
    """Whoever makes a move: a person, or the clock (which has no id)."""

    @property
    def person_id(self) -> int | None: ...

    def may(self, permission: Any, scopes: Iterable[Any]) -> bool: ...


@dataclass(frozen=True, slots=True)
class Situation(Generic[S]):
    """Everything a requirement may look at: the subject, who acts, the time, and what came with the move.

    `session` is the database session of the move's own transaction; the machine itself never uses it.
    """

    session: Any
    subject: S
    actor: Acting
    now: datetime
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must be true before a move, as one human sentence with the page where it is met.

    `check` answers True or False, or the list of what is missing (an empty list is met). `link` is the endpoint
    of the page that meets it, with an optional `#anchor`; empty when nothing on a page can (a deadline, say).
    `of_given`: it is about what comes with the move, so that it can be judged only once the move is made.
    """

    name: str
    sentence: str
    link: str
    check: Callable[[Situation[Any]], bool | list[str]]
    of_given: bool = False


def requirement(
    sentence: str, *, link: str = ""
) -> Callable[[Callable[[Situation[Any]], bool | list[str]]], Requirement]:
    """Make a requirement of a function; its name becomes the requirement's."""

    def make(check: Callable[[Situation[Any]], bool | list[str]]) -> Requirement:
        return Requirement(check.__name__, sentence, link, check)

    return make


@dataclass(frozen=True, slots=True)
class Stage:
    """A numbered box of the founding figure; what pages show."""

    number: int
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class State:
    """Where a subject can stand; what code runs. `tone` colours its tag."""

    name: str
    title: str
    stage: int | None = None
    end: bool = False
    tone: str = "blue"


@dataclass(frozen=True, slots=True)
class Fork:
    """A move whose target depends on what the subject is: `yes` where `asks` holds, else `no` (None: it stays)."""

    asks: Callable[[Situation[Any]], bool]
    yes: str | None
    no: str | None


def _always(_at: Situation[Any]) -> bool:
    return True


def only_when(asks: Callable[[Situation[Any]], bool], *requirements: Requirement) -> tuple[Requirement, ...]:
    """The same requirements, which hold by themselves where `asks` does not."""

    def limited(each: Requirement) -> Requirement:
        return replace(each, check=lambda at: not asks(at) or each.check(at))

    return tuple(limited(each) for each in requirements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step from one of its `sources` to its `target` (None: the state stays; a `Fork` chooses).

    `who` holds the permissions it takes. Two of them make it a two-person move: one person agrees under one of
    them, a different person makes the move under the other. `bars` are rules on the person rather than on the
    work (never the brief's author). `when` hides a move that this subject does not have. `due` makes it the
    clock's: it answers the moment at which the move happens by itself. `effects` run in the same transaction,
    after the state has changed. `version` digests exactly what two people agree on. `stamps` are columns that take
    the time of the move with the state. `asks` is what a person gives with it: a `reason`, a `deadline`,
    the `response_id` it is about. `invites` is what they may say with it, each of two people for themselves: a `note`.
    """

    name: str
    title: str
    sources: frozenset[str]
    target: str | Fork | None
    who: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    bars: tuple[Requirement, ...] = ()
    effects: tuple[Callable[[Situation[Any]], None], ...] = ()
    when: Callable[[Situation[Any]], bool] = _always
    due: Callable[[Situation[Any]], datetime | None] | None = None
    version: Callable[[Situation[Any]], str] | None = None
    stamps: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    invites: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def two_person(self) -> bool:
        """Whether one person alone can never make it."""
        return len(self.who) == 2

    @property
    def targets(self) -> frozenset[str]:
        """Every state this move can lead to other than where it starts."""
        ends = (self.target.yes, self.target.no) if isinstance(self.target, Fork) else (self.target,)
        return frozenset(end for end in ends if end)

    @property
    def may_stay(self) -> bool:
        """Whether the state can stay as it is."""
        return self.target is None or (isinstance(self.target, Fork) and None in {self.target.yes, self.target.no})

    def leads_to(self, at: Situation[Any]) -> str | None:
        """Where this move leads this subject; None where its state stays."""
        if isinstance(self.target, Fork):
            return self.target.yes if self.target.asks(at) else self.target.no
        return self.target


class Machine:
    """States and the moves between them, checked as a whole when defined.

    Raises `ValueError` where a state cannot be reached, a move leaves an end, no end exists, a state that is no
    end has no way out, or a name is used twice or never defined.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        initial: str,
        states: Iterable[State],
        moves: Iterable[Move],
        stages: Iterable[Stage] = (),
    ) -> None:
        self.name = name
        self.title = title
        self.initial = initial
        self.stages = tuple(stages)
        self.states = _by_name(states)
        self.moves = _by_name(moves)
        _validate(self)
        self.from_state = {
            state: tuple(move for move in self.moves.values() if state in move.sources) for state in self.states
        }

    def __getitem__(self, state: str) -> State:
        return self.states[state]

    @property
    def names(self) -> tuple[str, ...]:
        """The states' names, in order, for a CHECK constraint."""
        return tuple(self.states)

    @property
    def honest_ends(self) -> frozenset[str]:
        """The ends outside the stages: where a way stops short of its goal."""
        return frozenset(state.name for state in self.states.values() if state.end and state.stage is None)

    def stage_of(self, state: str) -> int | None:
        """The number of the stage a state belongs to; None for an end outside the stages."""
        return self.states[state].stage


N = TypeVar("N", State, Move)


def _by_name(things: Iterable[N]) -> dict[str, N]:
    named: dict[str, N] = {}
    for thing in things:
        if thing.name in named:
            raise ValueError(f"{thing.name} is defined twice.")
        named[thing.name] = thing
    return named


def _validate(machine: Machine) -> None:
    states, moves = machine.states, machine.moves
    if machine.initial not in states:
        raise ValueError(f"{machine.name}: the initial state {machine.initial} is not defined.")
    ends = {name for name, state in states.items() if state.end}
    if not ends:
        raise ValueError(f"{machine.name} has no end.")
    stage_numbers = {stage.number for stage in machine.stages}
    for state in states.values():
        if state.stage is not None and state.stage not in stage_numbers:
            raise ValueError(f"{machine.name}: {state.name} is in stage {state.stage}, which is not defined.")
    for move in moves.values():
        _validate_move(machine.name, move, states.keys(), ends)
    _validate_ways(machine, ends)


def _validate_move(machine: str, move: Move, states: Iterable[str], ends: set[str]) -> None:
    known = set(states)
    unknown = (move.sources | move.targets) - known
    if unknown:
        raise ValueError(f"{machine}: {move.name} names {', '.join(sorted(unknown))}, which is not defined.")
    if not move.sources:
        raise ValueError(f"{machine}: {move.name} starts nowhere.")
    if move.sources & ends:
        raise ValueError(f"{machine}: {move.name} leaves an end.")
    if bool(move.who) == bool(move.due):
        raise ValueError(f"{machine}: {move.name} must be made either by people or by the clock.")
    if len(move.who) > 2:
        raise ValueError(f"{machine}: {move.name} asks for more than two people.")


def _validate_ways(machine: Machine, ends: set[str]) -> None:
    forward: dict[str, set[str]] = {name: set() for name in machine.states}
    for move in machine.moves.values():
        for source in move.sources:
            forward[source] |= move.targets | ({source} if move.may_stay else set())
    reached = _closure({machine.initial}, forward)
    if lost := set(machine.states) - reached:
        raise ValueError(f"{machine.name}: {', '.join(sorted(lost))} cannot be reached.")
    backward: dict[str, set[str]] = {name: set() for name in machine.states}
    for source, targets in forward.items():
        for target in targets:
            backward[target].add(source)
    if stuck := set(machine.states) - _closure(ends, backward):
        raise ValueError(f"{machine.name}: no way leads from {', '.join(sorted(stuck))} to an end.")


def _closure(start: set[str], steps: Mapping[str, set[str]]) -> set[str]:
    seen, frontier = set(start), list(start)
    while frontier:
        for following in steps[frontier.pop()] - seen:
            seen.add(following)
            frontier.append(following)
    return seen
