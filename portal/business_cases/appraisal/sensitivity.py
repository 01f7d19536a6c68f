"""How sure a choice is: what changes when costs or benefits turn out otherwise, and how far they may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.business_cases.appraisal.flows import Worth

STEPS = (-20, -10, 10, 20)
"""By how many per cent costs and benefits are moved in the table of sensitivities."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Every option's net present value when costs and benefits change by some per cent, and which option is best."""

    costs_percent: int
    benefits_percent: int
    net: Mapping[str, Fraction]

    @property
    def words(self) -> str:
        """What changes."""
        moved = (("Costs", self.costs_percent), ("Benefits", self.benefits_percent))
        told = [f"{what} {abs(by)}% {'higher' if by > 0 else 'lower'}" for what, by in moved if by]
        return ", ".join(told) or "As it stands"

    @property
    def best(self) -> tuple[str, ...]:
        """The options with the highest net present value; several where they are equal."""
        highest = max(self.net.values())
        return tuple(name for name, net in self.net.items() if net == highest)


def sensitivity(options: Mapping[str, Worth], steps: Sequence[int] = STEPS) -> tuple[Sensitivity, ...]:
    """The options as they stand, then with every option's costs moved, then with every option's benefits moved."""
    moved = [(0, 0), *((step, 0) for step in steps), *((0, step) for step in steps)]
    return tuple(
        Sensitivity(costs, benefits, {name: _net(each, costs, benefits) for name, each in options.items()})
        for costs, benefits in moved
    )


def _net(each: Worth, costs: int, benefits: int) -> Fraction:
    return each.benefits * Fraction(100 + benefits, 100) - each.costs * Fraction(100 + costs, 100)


@dataclass(frozen=True, slots=True)
class Switching:
    """How far one option's own costs may rise, and its benefits fall, before it is no better than another.

    Fractions of its present costs and benefits (a half: by 50%); None where no change of that figure alone does it.
    """

    costs_may_rise: Fraction | None
    benefits_may_fall: Fraction | None


def switching_values(preferred: Worth, other: Worth) -> Switching:
    """The switching values of an option beside another (HM Treasury, The Green Book: switching values).

    Where the preferred option is not the better one to begin with, the figures are negative: by so much its costs
    would have to fall, or its benefits rise.
    """
    lead = preferred.net - other.net
    rise = lead / preferred.costs if preferred.costs else None
    fall = lead / preferred.benefits if preferred.benefits else None
    return Switching(rise, fall if fall is not None and fall <= 1 else None)
