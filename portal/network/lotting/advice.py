"""Whether to divide a need into lots, from answers in plain words. Pure.

The duty: before a public contract is advertised, consider whether it could reasonably be supplied under more than one
contract, and whether lots would be appropriate; and if they would, use them or give the reasons for not
(Procurement Act 2023 s.18). Below the threshold, barriers for small firms are considered and reduced (s.86).
"""

from dataclasses import dataclass

from portal.law.words import Worded

MOST_LOTS = 12


class Alone(Worded):
    """Whether a part can be done without the others."""

    YES = ("yes", "Yes, each by itself")
    SOME = ("some", "Some of them")
    NO = ("no", "No, they only make sense together")


class Fit(Worded):
    """How the parts fit together (their interfaces)."""

    APART = ("apart", "They do not touch")
    AGREED = ("agreed", "Through something that can be agreed beforehand", "A file, a plug, a date, a place.")
    CLOSE = ("close", "Only by working together every day")


class Reach(Worded):
    """What a small local firm could take on."""

    WHOLE = ("whole", "The whole of it")
    PART = ("part", "A part, but not the whole")
    UNKNOWN = ("unknown", "We do not know", "Ask: a market engagement finds out.")


class Managing(Worded):
    """Whether the buyer could look after several contracts."""

    YES = ("yes", "Yes")
    NO = ("no", "Not easily")


@dataclass(frozen=True, slots=True)
class Answers:
    """What an officer says of a need; `parts` are named in their own words."""

    parts: tuple[str, ...]
    alone: Alone
    fit: Fit
    reach: Reach
    managing: Managing


@dataclass(frozen=True, slots=True)
class Advice:
    """`divide`: whether lots are advised. `reasons` say why, `cautions` what to mind; `record` is for the brief."""

    divide: bool
    lots: tuple[str, ...]
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    record: str


def advise(said: Answers) -> Advice:
    """What speaks for lots or against them, and a text for the file that an officer can change."""
    against = _against(said)
    if against:
        together = (
            "Say in the brief that firms may answer together (a consortium), so that small ones are not shut out."
        )
        return Advice(False, (), (against,), (together,), f"{against} Firms may answer together.")
    for_lots = _for_lots(said)
    record = f"Divided into {len(said.parts)} lots. {' '.join(for_lots)}"
    return Advice(True, said.parts, for_lots, _cautions(said), record)


def _against(said: Answers) -> str:
    """The one reason that decides against lots; empty where none does."""
    if len(said.parts) < 2:
        return "The need has one part only, so there is nothing to divide."
    named = ", ".join(said.parts)
    if said.alone is Alone.NO:
        return f"The parts ({named}) only make sense together: one firm without the others could deliver nothing."
    if said.fit is Fit.CLOSE:
        return (
            f"The parts ({named}) need the same people working together every day: dividing them would risk the whole."
        )
    if said.reach is Reach.WHOLE:
        return f"Small local firms can take on the whole of it ({named}): dividing it would open it to nobody else."
    return ""


def _for_lots(said: Answers) -> tuple[str, ...]:
    first = (
        "Each part can be done without the others."
        if said.alone is Alone.YES
        else "Some of the parts can be done without the others."
    )
    fit = "They do not touch." if said.fit is Fit.APART else "How they fit together can be agreed beforehand."
    reach = (
        "Small local firms could take on a part and not the whole."
        if said.reach is Reach.PART
        else "We do not know that small firms could take on the whole; lots keep the door open to them."
    )
    return (first, fit, reach)


def _cautions(said: Answers) -> tuple[str, ...]:
    found = [
        "The values of all lots are added up when the law asks how large the contract is: lots do not make it small."
    ]
    if said.alone is Alone.SOME:
        found.append("Put parts that need each other into one lot before you save.")
    if said.fit is Fit.AGREED:
        found.append("Write into the brief what the parts hand to one another, in which form and by when.")
    if said.managing is Managing.NO:
        found.append(
            "You said that several contracts are hard to look after. That alone is a reason an auditor asks about: "
            "fewer, larger lots may be the answer, or one officer for all."
        )
    if said.reach is Reach.UNKNOWN:
        found.append(
            "Ask firms before you release: a preliminary market engagement (UK2) may ask which parts they could do."
        )
    return tuple(found)
