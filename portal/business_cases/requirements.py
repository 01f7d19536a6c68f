"""What must be true before money is asked for and before it is decided on.

The same checks serve the moves of a challenge and those of its case: each looks at the case of its situation.
"""

from portal.business_cases.models import BusinessCase
from portal.business_cases.pathway import CaseState, OptionKind, SectionKey
from portal.business_cases.queries import case_of, comment_count, decision_limit, wants_second_decider
from portal.challenges.models import Challenge
from portal.challenges.pathway import ChallengeState, Pathway
from portal.machine import Situation, requirement

At = Situation[Challenge] | Situation[BusinessCase]
_CASE = "business_cases.case"


def _case(at: At) -> BusinessCase | None:
    return at.subject if isinstance(at.subject, BusinessCase) else case_of(at.session, at.subject)


def _challenge(at: At) -> Challenge:
    return at.subject.challenge if isinstance(at.subject, BusinessCase) else at.subject


@requirement("The business case has been submitted.", link=_CASE)
def case_submitted(at: At) -> bool:
    """It waits for a decision."""
    case = _case(at)
    return case is not None and case.state == CaseState.SUBMITTED


@requirement("The business case has been approved.", link=_CASE)
def case_approved(at: At) -> bool:
    """Somebody other than its authors has granted the money."""
    case = _case(at)
    return case is not None and case.state == CaseState.APPROVED


@requirement("The challenge has come to its business case.", link="pathways.progress")
def challenge_at_business_case(at: At) -> bool:
    """A case can be begun during the showcase, but is decided once a solution has been chosen."""
    return _challenge(at).state == ChallengeState.BUSINESS_CASE


@requirement("Every section that a case of this value needs is written.", link=f"{_CASE}#sections")
def five_cases_complete(at: At) -> bool | list[str]:
    """All five, or three where the amount is small (`portal.business_cases.pathway.SHORT_CASE_BELOW_PENCE`)."""
    case = _case(at)
    return [key.title for key in case.without_text()] if case else False


@requirement("Doing nothing is among the options, with what would follow from it.", link=f"{_CASE}#options")
def do_nothing_considered(at: At) -> bool:
    """Whoever asks for money says what happens without it (HM Treasury, Green Book: business as usual)."""
    case = _case(at)
    return case is not None and any(o.kind is OptionKind.DO_NOTHING and o.brings for o in case.options)


@requirement("The least that would still help is among the options.", link=f"{_CASE}#options")
def do_minimum_considered(at: At) -> bool:
    """A case of full length compares with doing the minimum too (HM Treasury, Green Book: the long list)."""
    case = _case(at)
    if case is None or len(case.needed) < len(SectionKey):
        return case is not None
    return any(option.kind is OptionKind.DO_MINIMUM and option.brings for option in case.options)


@requirement("One option is preferred.", link=f"{_CASE}#options")
def option_preferred(at: At) -> bool:
    """And it is not to do nothing, for which nobody needs money."""
    case = _case(at)
    return case is not None and case.preferred is not None


@requirement("The amount, where the money comes from and the budget code are given.", link=f"{_CASE}#money")
def funding_named(at: At) -> bool | list[str]:
    """A figure without its source cannot be decided on."""
    case = _case(at)
    if case is None:
        return False
    asked = {
        "The amount": case.amount_pence,
        "Where the money comes from": case.money_source,
        "The budget code": case.budget_code,
    }
    return [words for words, given in asked.items() if not given]


@requirement(
    "Where the money does not pay for the preferred option, it says how the rest is found.", link=f"{_CASE}#money"
)
def gap_explained(at: At) -> bool:
    """Nobody approves a part of something without knowing who pays for the rest."""
    case = _case(at)
    return case is not None and (not case.gap_pence or bool(case.gap_note.strip()))


@requirement("What could go wrong is named, with what is done about it.", link="business_cases.risks")
def risks_named(at: At) -> bool:
    """A case of full length names at least one risk (HM Treasury, Green Book: risk register)."""
    case = _case(at)
    if case is None or len(case.needed) < len(SectionKey):
        return case is not None
    return bool(case.risks)


@requirement("It is stated that no tender is out for this need.", link=f"{_CASE}#money")
def no_tender_out(at: At) -> bool:
    """The direct pathway is for money already found with no tender issued; the showcase pathway need not say so."""
    if _challenge(at).pathway is not Pathway.DIRECT:
        return True
    case = _case(at)
    return case is not None and case.no_tender_statement


@requirement("At least one section has a comment that says what to change.", link="business_cases.comments")
def return_has_comments(at: At) -> bool:
    """Authors who get a case back learn where to begin; comments on an earlier submission do not count."""
    case = _case(at)
    return case is not None and case.submitted_at is not None and comment_count(at.session, case) > 0


@requirement("Nobody decides on a business case they wrote in.", link=_CASE)
def not_case_author(at: At) -> bool:
    """Writing and deciding are never the same person's."""
    case = _case(at)
    return case is None or not case.written_by(at.actor.person_id)


@requirement("The amount, VAT included, is within the limit of the person who decides.", link=f"{_CASE}#money")
def within_limit(at: At) -> bool:
    """Each budget holder's grant names the most they may decide on; none named means no limit."""
    case = _case(at)
    return case is None or not case.exceeds(decision_limit(at.session, at.actor.person_id, _challenge(at)))


CASE_READY = (
    five_cases_complete,
    do_nothing_considered,
    do_minimum_considered,
    option_preferred,
    funding_named,
    gap_explained,
    risks_named,
    no_tender_out,
)
"""What a case holds before anybody is asked to decide on it."""


def needs_two_deciders(at: At) -> bool:
    """Whether the lead authority wants two people to decide on this amount, VAT included."""
    return wants_second_decider(at.session, _challenge(at))


DECIDER_BARS = (not_case_author, within_limit)
"""Who may not decide on a case, whatever their role."""
