"""What the demonstration texts must keep to: references that resolve, weights of 100, and enough text for each state.

The loader walks every challenge through the portal's own services, which refuse what is unlawful. These rules find a
hole in the texts earlier, by file and key.
"""

from collections.abc import Iterable, Iterator

from portal.demo.reading import TextError
from portal.demo.shapes import Challenge, Criterion, Library, Mark, Response, Tender

ENDS = ("activated", "no_solution", "not_funded", "withdrawn")
STATES = {
    "showcase": (
        "design_thinking", "articulation", "open", "assessment", "support", "showcase", "business_case",
        "tender", "tender_assessment", "award", "activated",
    ),
    "direct": (
        "business_case", "design_thinking", "articulation", "open", "assessment",
        "tender", "tender_assessment", "award", "activated",
    ),
}  # fmt: skip
RELEASE_KINDS = ("engagement", "first_round", "prototype", "exempt", "below_threshold")
CONTRACT_KINDS = ("goods", "services", "works", "light_touch")
OUTCOMES = ("draft", "submitted", "withdrawn", "ineligible", "not_chosen", "chosen", "partner")
KEEPS_PURCHASE_OPTION = ("engagement", "first_round", "below_threshold")
SHORTEST_FIRST_ROUND_DAYS = 26
"""Twenty-five days beginning the day after release (Procurement Act 2023, section 54)."""

# Keys of a challenge that must hold something once a state is behind it.
NEEDED_AFTER = {
    "design_thinking": ("sponsor", "engagements", "needs", "questions", "chosen_question"),
    "articulation": ("brief", "deal", "market_gap", "lots", "criteria", "assessors"),
    "open": ("responses",),
    "support": ("support",),
    "showcase": ("event",),
    "business_case": ("business_case",),
    "award": ("award", "partnership"),
}


def check(library: Library) -> None:
    """Check the whole library. Raises TextError naming the file and the key of the first thing wrong."""
    _check_keys(library)
    _check_people(library)
    for challenge in library.challenges:
        for key, problem in _problems(challenge, library):
            raise TextError(f"{challenge.key}.toml: {key}", problem)


def passed(challenge: Challenge) -> tuple[str, ...]:
    """The states this challenge has left behind, oldest first, the tender's only where its release kind has them."""
    path = STATES[challenge.pathway]
    behind = path[: path.index(challenge.reached)]
    if challenge.release_kind == "engagement":
        return behind
    return tuple(state for state in behind if not state.startswith("tender"))


def _check_keys(library: Library) -> None:
    region = library.region
    for name, keys in (
        ("region.toml", [body.key for body in region.authorities] + [partner.key for partner in region.partners]),
        ("firms.toml", [firm.key for firm in library.firms]),
        ("people.toml", [person.key for person in library.people]),
    ):
        for key in keys:
            if keys.count(key) > 1:
                raise TextError(f"{name}: {key}", "this key is used twice")


def _check_people(library: Library) -> None:
    region = library.region
    directorates = {body.key: body.directorates for body in region.authorities}
    organisations = directorates.keys() | {partner.key for partner in region.partners}
    organisations |= {firm.key for firm in library.firms}
    for person in library.people:
        if person.organisation not in organisations:
            raise TextError(f"people.toml: {person.key}.organisation", f"no organisation {person.organisation}")
        if person.directorate and person.directorate not in directorates.get(person.organisation, ()):
            raise TextError(f"people.toml: {person.key}.directorate", f"no directorate {person.directorate}")


Problems = Iterator[tuple[str, str]]


def _problems(challenge: Challenge, library: Library) -> Problems:
    if challenge.pathway not in STATES:
        yield "pathway", f"no pathway {challenge.pathway}"
        return
    if challenge.reached not in STATES[challenge.pathway] or (challenge.ended_from and challenge.state not in ENDS):
        yield "state", f"{challenge.state} is no state of the {challenge.pathway} pathway, or its ended_from is wrong"
        return
    yield from _kind_problems(challenge)
    yield from _reference_problems(challenge, library)
    yield from _completeness_problems(challenge)
    yield from _timetable_problems(challenge)
    yield from _decider_problems(challenge, library)
    yield from _criteria_problems("criteria", challenge.criteria)
    yield from _response_problems("responses", challenge.responses, challenge.criteria, challenge.assessors, library)
    if challenge.tender:
        tender, judges = challenge.tender, (*challenge.tender.assessors, *challenge.tender.price_judges)
        yield from _criteria_problems("tender.criteria", tender.criteria)
        yield from _response_problems("tender.responses", tender.responses, tender.criteria, judges, library)
        yield from _price_problems(tender)


def _kind_problems(challenge: Challenge) -> Problems:
    if challenge.release_kind not in RELEASE_KINDS:
        yield "release_kind", f"no release kind {challenge.release_kind}"
    if challenge.contract_kind not in CONTRACT_KINDS:
        yield "contract_kind", f"no contract kind {challenge.contract_kind}"
    if challenge.reached.startswith("tender") and challenge.release_kind != "engagement":
        yield "state", "only an engagement is followed by a tender"
    option = challenge.partnership and challenge.partnership.purchase_option
    if option and challenge.release_kind not in KEEPS_PURCHASE_OPTION:
        yield "partnership.purchase_option", f"a release of kind {challenge.release_kind} allows none"


def _reference_problems(challenge: Challenge, library: Library) -> Problems:
    authorities = {body.key: body for body in library.region.authorities}
    people = {person.key: person for person in library.people}
    if challenge.authority not in authorities:
        yield "authority", f"no authority {challenge.authority}"
        return
    if challenge.directorate not in authorities[challenge.authority].directorates:
        yield "directorate", f"{challenge.authority} has no directorate {challenge.directorate}"
    for key, name, role in (
        ("owner", challenge.owner, "challenge_owner"),
        ("officer", challenge.officer, "procurement_officer"),
    ):
        person = people.get(name)
        if not person or role not in person.roles or person.organisation != challenge.authority:
            yield key, f"{name} is no {role} of {challenge.authority}"
    for body in challenge.joint_authorities:
        if body not in authorities or body == challenge.authority:
            yield "joint_authorities", f"no other authority {body}"
    named = [("conflicts", conflict.person) for conflict in challenge.conflicts]
    named += [("assessors", name) for name in challenge.assessors]
    named += [("event.guests", name) for name in (challenge.event.guests if challenge.event else ())]
    for key, name in named:
        if name not in people:
            yield key, f"no person {name}"
    yield from _firm_problems(challenge)


def _firm_problems(challenge: Challenge) -> Problems:
    """Only firms chosen in the round go on to support, showcase and partnership."""
    chosen = {answer.firm for answer in challenge.responses if answer.outcome in ("chosen", "partner")}
    for plan in challenge.support:
        if plan.firm not in chosen:
            yield "support", f"{plan.firm} was not chosen in the round"
    for prototype in challenge.event.prototypes if challenge.event else ():
        if prototype.firm not in chosen:
            yield "event.prototypes", f"{prototype.firm} was not chosen in the round"
    tenders = challenge.tender.responses if challenge.tender else ()
    partners = {answer.firm for answer in (*challenge.responses, *tenders) if answer.outcome == "partner"}
    for told in challenge.award.told if challenge.award else ():
        if told.firm not in partners:
            yield "award.told", f"{told.firm} is no partner"
    said = challenge.partnership
    if said is None:
        return
    acts = [each for each in (said.change, said.event, said.end) if each is not None]
    for named in (*said.phases, *said.bills, *acts):
        if named.firm not in partners:
            yield "partnership", f"{named.firm} is no partner"


def _completeness_problems(challenge: Challenge) -> Problems:
    behind = passed(challenge)
    for state in behind:
        for key in NEEDED_AFTER.get(state, ()):
            if not getattr(challenge, key) and not (key == "responses" and challenge.state == "no_solution"):
                yield key, f"is missing, and {state} is behind this challenge"
    if challenge.chosen_question is not None and not 1 <= challenge.chosen_question <= len(challenge.questions):
        yield "chosen_question", "is not the number of one of the questions"
    if "articulation" in behind and challenge.brief:
        for key, section in vars(challenge.brief).items():
            if not section:
                yield f"brief.{key}", "is missing, and the brief has been released"
    if ("tender" in behind or challenge.reached == "tender") and not challenge.tender:
        yield "tender", "is missing"
    if challenge.state in ENDS[1:] and not (challenge.ended_from and challenge.end_reason):
        yield "end_reason", "an end needs ended_from and end_reason"
    yield from _business_case_problems(challenge)


def _business_case_problems(challenge: Challenge) -> Problems:
    case = challenge.business_case
    if not case:
        return
    names = [option.name for option in case.options]
    if "Do nothing" not in names:
        yield "business_case.options", "has no option called Do nothing"
    if case.preferred not in names:
        yield "business_case.preferred", "is not one of the options"
    if challenge.pathway == "direct" and not case.no_tender_statement:
        yield "business_case.no_tender_statement", "is missing"


def _decider_problems(challenge: Challenge, library: Library) -> Problems:
    """Where the authority wants two people for such an amount, there are two, and the first has a word to say."""
    case = challenge.business_case
    body = next((each for each in library.region.authorities if each.key == challenge.authority), None)
    if case is None or body is None:
        return
    two = body.second_decider_from_pounds is not None and case.amount_pounds >= body.second_decider_from_pounds
    holders = [each for each in library.people if each.organisation == body.key and "budget_holder" in each.roles]
    if two and case.decision == "approved" and case.first_note is None:
        yield "business_case.first_note", f"{body.key} wants two people for such an amount"
    if case.first_note is not None and not (two and len(holders) > 1):
        yield "business_case.first_note", f"{body.key} wants one person for such an amount, or has no second"


def _timetable_problems(challenge: Challenge) -> Problems:
    days = challenge.timetable
    order = [
        day for day in (days.started, days.released, days.question_cutoff, days.deadline, days.decision)
        if day is not None
    ]  # fmt: skip
    if order != sorted(order):
        yield "timetable", "the days are not in order"
    if "articulation" not in passed(challenge):
        return
    if days.released is None or days.deadline is None or days.decision is None:
        yield "timetable", "a released challenge has released, deadline and decision days"
    elif challenge.release_kind == "first_round" and days.deadline - days.released < SHORTEST_FIRST_ROUND_DAYS:
        yield "timetable.deadline", "too soon for a first round"
    elif challenge.incidents and challenge.state != "open":
        yield "incidents", "its own round must still be open, because its deadline is only moved while it is"
    elif (challenge.reached == "open") != (days.deadline > 0) and challenge.state not in ENDS:
        yield "timetable.deadline", "an open challenge's deadline is ahead, any other's has passed"


def _criteria_problems(where: str, criteria: Iterable[Criterion]) -> Problems:
    weights = [criterion.weight for criterion in criteria]
    if weights and sum(weights) != 100:
        yield where, f"the weights add up to {sum(weights)}, not 100"
    if weights and not 3 <= len(weights) <= 5:
        yield where, "has fewer than three criteria or more than five"


def _price_problems(tender: Tender) -> Problems:
    """Who judges the price judges nothing else, and nobody else judges it."""
    for answer in tender.responses if tender.price_judges else ():
        for mark in answer.marks:
            if (mark.criterion == "cost") is not (mark.assessor in tender.price_judges):
                yield f"tender.responses.marks of {answer.firm}", f"{mark.assessor} does not judge {mark.criterion}"


def _response_problems(
    where: str, responses: Iterable[Response], criteria: Iterable[Criterion], panel: Iterable[str], library: Library
) -> Problems:
    firms = {firm.key for firm in library.firms}
    known = {criterion.key for criterion in criteria}
    for answer in responses:
        for firm in (answer.firm, *answer.partners):
            if firm not in firms:
                yield f"{where}.firm", f"no firm {firm}"
        for gone in answer.left:
            if gone.firm not in answer.partners:
                yield f"{where}.left", f"{gone.firm} is no partner of {answer.firm}"
        if answer.outcome not in OUTCOMES:
            yield f"{where}.outcome", f"no outcome {answer.outcome}"
        if answer.outcome in ("not_chosen", "chosen", "partner") and not answer.feedback:
            yield f"{where}.feedback", f"{answer.firm} was judged and told nothing"
        if answer.outcome == "ineligible" and not answer.ineligible_because:
            yield f"{where}.ineligible_because", f"{answer.firm} was not told why"
        yield from _mark_problems(f"{where}.marks of {answer.firm}", answer.marks, known, set(panel))


def _mark_problems(where: str, marks: Iterable[Mark], criteria: set[str], panel: set[str]) -> Problems:
    seen = set()
    for mark in marks:
        if mark.assessor not in panel:
            yield where, f"{mark.assessor} is not on the panel"
        if mark.criterion not in criteria:
            yield where, f"no criterion {mark.criterion}"
        if not 0 <= mark.score <= 5:
            yield where, f"a score of {mark.score} is not between 0 and 5"
        if (mark.assessor, mark.criterion) in seen:
            yield where, f"{mark.assessor} scored {mark.criterion} twice"
        seen.add((mark.assessor, mark.criterion))
