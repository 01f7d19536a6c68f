"""The life of a partnership, from its contract's draft to its close."""

from typing import Any

from portal.law.calendar import london_date
from portal.machine import Machine, Move, Situation, State, requirement
from portal.partnerships.pathway.invoice import OPEN_INVOICE
from portal.partnerships.pathway.phase import PHASE
from portal.policy import Permission
from portal.workflow import settle

_PROCURE = (Permission.CHALLENGE_PROCURE,)
_TOGETHER = (Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE)


@requirement("The contract has been signed.")
def contract_signed(at: Situation[Any]) -> bool:
    """With its day, which starts the time for the contract details notice."""
    return at.subject.signed_on is not None


@requirement("Every phase has come to its end.")
def work_finished(at: Situation[Any]) -> list[str]:
    """The phases that are still planned, under way, or waiting at their gate."""
    return [f"Phase {each.number}, {each.title}" for each in at.subject.phases if not PHASE[each.state].end]


@requirement("The agreed performance level was measured and met.")
def level_met(at: Situation[Any]) -> bool:
    """One of the two conditions of buying the finished thing."""
    return bool(at.subject.option_measured) and at.subject.option_level_met is True


@requirement("The final cost is within the agreed maximum.")
def within_maximum(at: Situation[Any]) -> bool:
    """The other condition of buying the finished thing."""
    final, most = at.subject.option_final_pence, at.subject.option_maximum_pence
    return final is not None and most is not None and final <= most


@requirement("The option has not run out.")
def option_in_time(at: Situation[Any]) -> bool:
    """The last day of the option still counts."""
    return at.subject.option_expires_on is not None and london_date(at.now) <= at.subject.option_expires_on


@requirement("The purchase option is decided.")
def option_decided(at: Situation[Any]) -> bool:
    """Taken or not taken; nothing to decide where the contract offers none."""
    return not at.subject.option_offered or at.subject.state != "active"


@requirement("Everything between the two sides is settled.", link="partnerships.settlement")
def matters_settled(at: Situation[Any]) -> list[str]:
    """After an end: intellectual property, source code, data, and each consortium member's share, one by one."""
    row = at.subject
    if row.state != "ended":
        return []
    known = {(each.matter.value, each.organisation_id) for each in row.matters}
    members = [each.organisation_id for each in row.members if each.accepted_at]
    wanted = {"property": "Intellectual property", "source_code": "Source code", "data": "The authority's data"}
    missing = [title for key, title in wanted.items() if (key, None) not in known]
    shares = [each for each in members if ("share", each) not in known] if len(members) > 1 else []
    return missing + ([f"{len(shares)} of {len(members)} members' shares"] if shares else [])


@requirement("The firm has been heard on everything that happened.")
def firm_heard(at: Situation[Any]) -> bool:
    """Nobody's work is ended while it can still say what it thinks (Procurement Act 2023 s.78)."""
    return all(each.state != "hearing" or each.hear_by <= at.now for each in at.subject.events)


@requirement("Every invoice is paid, sent back or taken back.", link="partnerships.payments")
def invoices_settled(at: Situation[Any]) -> list[str]:
    """The invoices that are still open, by the firm's own numbers."""
    return [f"Invoice {each.number}" for each in at.subject.invoices if each.state in OPEN_INVOICE]


@requirement("The conditions with which phases passed are met.")
def conditions_met(at: Situation[Any]) -> list[str]:
    """The phases with a condition that nobody recorded as met; an end of the work takes conditions with it."""
    open_ones = [each for each in at.subject.phases if each.conditions_open]
    return [f"Phase {each.number}, {each.title}" for each in open_ones if at.subject.state != "ended"]


@requirement("What the next partnership should know is written down.", link="partnerships.benefits#learnt")
def lessons_written(at: Situation[Any]) -> bool:
    """Our own policy: a partnership that went well or badly teaches nobody once its people have gone."""
    return bool(at.subject.lessons)


def _offers_option(at: Situation[Any]) -> bool:
    return bool(at.subject.option_offered)


def _challenge_activated(at: Situation[Any]) -> bool:
    return bool(at.subject.challenge.state == "activated")


def _keep_end_reason(at: Situation[Any]) -> None:
    at.subject.end_reason = str(at.given["reason"]).strip()


def _stop_phases(at: Situation[Any]) -> None:
    for each in (*at.subject.phases, *at.subject.events):
        settle(at.session, each)


def _note_end(at: Situation[Any]) -> None:
    if at.subject.ended_at is None:
        at.subject.ended_at = at.now


PARTNERSHIP = Machine(
    "partnership",
    title="Partnership",
    initial="prepared",
    states=(
        State("prepared", "Contract being prepared", tone="yellow"),
        State("set_aside", "Not signed", end=True, tone="grey"),
        State("mobilising", "Getting ready to start", tone="turquoise"),
        State("active", "At work", tone="green"),
        State("suspended", "Suspended", tone="orange"),
        State("ended", "This partner's work was ended", tone="grey"),
        State("option_taken", "Purchase option taken", tone="green"),
        State("option_not_taken", "Purchase option not taken", tone="grey"),
        State("closed", "Closed", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="mobilise",
            title="Begin the partnership",
            sources=frozenset({"prepared"}),
            target="mobilising",
            who=_PROCURE,
            when=_challenge_activated,
        ),
        Move(
            name="set_aside",
            title="Set the contract aside",
            sources=frozenset({"prepared"}),
            target="set_aside",
            who=_PROCURE,
        ),
        Move(
            name="begin",
            title="Record the contract as signed",
            sources=frozenset({"mobilising"}),
            target="active",
            who=_PROCURE,
            requirements=(contract_signed,),
        ),
        Move(
            name="suspend",
            title="Suspend the work",
            sources=frozenset({"active"}),
            target="suspended",
            who=_PROCURE,
        ),
        Move(
            name="resume",
            title="Resume the work",
            sources=frozenset({"suspended"}),
            target="active",
            who=_PROCURE,
        ),
        Move(
            name="end_work",
            title="End this partner's work",
            sources=frozenset({"mobilising", "active", "suspended"}),
            target="ended",
            who=_TOGETHER,
            requirements=(firm_heard,),
            effects=(_keep_end_reason, _note_end, _stop_phases),
            asks=("reason",),
            meaning="As the contract's terms for breaking at a gate allow. Other partners are not affected.",
        ),
        Move(
            name="take_option",
            title="Take the purchase option",
            sources=frozenset({"active"}),
            target="option_taken",
            who=_TOGETHER,
            requirements=(work_finished, level_met, within_maximum, option_in_time),
            effects=(_keep_end_reason,),
            when=_offers_option,
            asks=("reason",),
            meaning="What was measured reaches the agreed level, and the final cost stays within the agreed maximum.",
        ),
        Move(
            name="leave_option",
            title="Do not take the purchase option",
            sources=frozenset({"active"}),
            target="option_not_taken",
            who=_PROCURE,
            requirements=(work_finished,),
            effects=(_keep_end_reason,),
            when=_offers_option,
            asks=("reason",),
        ),
        Move(
            name="close",
            title="Close the partnership",
            sources=frozenset({"active", "option_taken", "option_not_taken", "ended"}),
            target="closed",
            who=_PROCURE,
            requirements=(
                work_finished,
                option_decided,
                conditions_met,
                invoices_settled,
                matters_settled,
                lessons_written,
            ),
            effects=(_note_end,),
        ),
    ),
)
