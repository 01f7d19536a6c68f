"""A machine refuses to be defined wrongly, explains what is missing, and draws itself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.machine import (
    Fork,
    Machine,
    Move,
    Situation,
    Stage,
    State,
    as_rows,
    as_svg,
    due_moves,
    moves_from,
    only_when,
    requirement,
    unmet,
)
from portal.policy import CLOCK, Permission

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO = (Permission.CHALLENGE_LEAD,)


@dataclass
class Kettle:
    """Something with a life."""

    water: bool = False
    lid: bool = False
    boils_at: datetime | None = None


@requirement("There is water in it.", link="kettle.fill")
def has_water(at: Situation[Kettle]) -> bool:
    return at.subject.water


@requirement("It is closed.", link="kettle.close")
def is_closed(at: Situation[Kettle]) -> list[str]:
    return [] if at.subject.lid else ["the lid"]


STATES = (State("cold", "Cold"), State("hot", "Hot", stage=1), State("poured", "Poured", end=True))
HEAT = Move(name="heat", title="Heat", sources=frozenset({"cold"}), target="hot", who=WHO,
            requirements=(has_water, is_closed))  # fmt: skip
POUR = Move(name="pour", title="Pour", sources=frozenset({"hot"}), target="poured", who=WHO)
STAGES = (Stage(1, "Heat", "It gets hot"),)


def machine(*moves: Move, states: tuple[State, ...] = STATES, initial: str = "cold") -> Machine:
    return Machine("kettle", title="Kettle", initial=initial, states=states, moves=moves, stages=STAGES)


def situation(kettle: Kettle, **fields: Any) -> Situation[Kettle]:
    return Situation(None, kettle, CLOCK, NOW, **fields)


def move(**fields: Any) -> Move:
    known: dict[str, Any] = {"name": "m", "title": "M", "sources": frozenset({"cold"}), "target": "hot", "who": WHO}
    return Move(**(known | fields))


@pytest.mark.parametrize(
    ("moves", "complaint"),
    [
        ((HEAT,), "cannot be reached"),
        ((HEAT, POUR, move(sources=frozenset({"poured"}), target="cold")), "leaves an end"),
        ((HEAT, POUR, move(target="frozen")), "not defined"),
        ((HEAT, POUR, move(name="heat")), "defined twice"),
        ((HEAT, POUR, move(who=())), "by people or by the clock"),
        ((HEAT, POUR, move(who=WHO * 3)), "more than two people"),
        ((HEAT, POUR, move(sources=frozenset())), "starts nowhere"),
    ],
)
def test_a_wrong_definition_stops_the_import(moves: tuple[Move, ...], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        machine(*moves)


def test_a_state_without_a_way_to_an_end_is_refused() -> None:
    trap = State("trap", "Trap")
    with pytest.raises(ValueError, match="no way leads from trap"):
        machine(HEAT, POUR, move(target="trap"), states=(*STATES, trap))


def test_a_machine_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="has no end"):
        machine(HEAT, move(name="cool", sources=frozenset({"hot"}), target="cold"), states=STATES[:2])


def test_a_state_in_an_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="stage 9"):
        machine(HEAT, POUR, states=(State("cold", "Cold", stage=9), *STATES[1:]))


def test_a_refusal_lists_everything_that_is_missing() -> None:
    missing = unmet(HEAT.requirements, situation(Kettle()))
    assert [(each.sentence, each.link, each.details) for each in missing] == [
        ("There is water in it.", "kettle.fill", ()),
        ("It is closed.", "kettle.close", ("the lid",)),
    ]
    assert unmet(HEAT.requirements, situation(Kettle(water=True, lid=True))) == ()


def test_requirements_can_be_limited_to_whom_they_concern() -> None:
    (limited,) = only_when(lambda at: at.subject.lid, has_water)
    assert unmet((limited,), situation(Kettle(lid=False))) == ()
    assert len(unmet((limited,), situation(Kettle(lid=True)))) == 1


def test_a_fork_leads_where_its_question_says_and_counts_for_both_ways() -> None:
    fork = move(target=Fork(lambda at: at.subject.lid, yes="hot", no=None))
    assert fork.leads_to(situation(Kettle(lid=True))) == "hot"
    assert fork.leads_to(situation(Kettle(lid=False))) is None
    assert (fork.targets, fork.may_stay) == (frozenset({"hot"}), True)
    machine(fork, POUR)


def test_the_clock_owes_what_is_due_earliest_first_and_nobody_else_sees_its_moves() -> None:
    late = move(name="late", who=(), due=lambda at: at.subject.boils_at)
    early = move(name="early", who=(), due=lambda _at: NOW - timedelta(days=1))
    kettle = machine(HEAT, POUR, late, early)
    at = situation(Kettle(boils_at=NOW))
    assert [each.name for _, each in due_moves(kettle, "cold", at)] == ["early", "late"]
    assert [each.name for _, each in due_moves(kettle, "cold", situation(Kettle(boils_at=NOW + timedelta(seconds=1))))
            ] == ["early"]  # fmt: skip
    assert [each.name for each in moves_from(kettle, "cold", at)] == ["heat"]


def test_it_draws_itself_with_every_state_and_marks_where_we_are() -> None:
    kettle = machine(HEAT, POUR)
    picture = as_svg(kettle, here="hot")
    assert all(f">{state.title}</tspan>" in picture for state in STATES)
    assert picture.count("app-machine__box--here") == 1
    assert "style=" not in picture
    rows = as_rows(kettle)
    assert (rows[0].title, rows[0].sources, rows[0].targets) == ("Heat", ("Cold",), ("Hot",))
    assert rows[0].requirements == ("There is water in it.", "It is closed.")
