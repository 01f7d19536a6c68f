"""What assessment asks of a challenge's moves, for either of its rounds, and of the people who make them."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from portal.assessment import ranking
from portal.assessment.models import Decision, Outcome
from portal.assessment.queries import (
    Inside,
    Judged,
    Standing,
    chosen_with_next,
    found_eligible,
    has_sheet,
    next_in_rank_of,
    outcomes_of,
    proposal,
    ranking_binds,
    scores_opened,
    standing,
    unfinished,
)
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.queries import round_of
from portal.machine import Requirement, Situation, requirement
from portal.responses.models import Response

Check = Callable[[Situation[Challenge], Inside], bool | list[str]]
_UNOPENED = "Lock every sheet and open the scores first."


def _of_round(name: str, sentence: str, kind: RoundKind, page: str, check: Check) -> Requirement:
    """A requirement on one of a challenge's rounds, met on that round's own page."""

    def checked(at: Situation[Challenge]) -> bool | list[str]:
        asked = round_of(at.session, at.subject, kind)
        return asked is not None and check(at, Inside(at.subject, asked))

    link = f"assessment.tender.{page}" if kind is RoundKind.TENDER else f"assessment.{page}"
    return Requirement(name, sentence, link, checked)


@requirement("You assessed responses to this challenge, so somebody else must decide.")
def not_an_assessor(at: Situation[Challenge]) -> bool:
    """Nobody awards what they scored: a bar for every move that decides."""
    return not has_sheet(at.session, at.subject.id, at.actor.person_id)


def quorum_locked(kind: RoundKind) -> Requirement:
    """Each eligible response has enough locked sheets on every criterion, of assessors without a conflict."""

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        missing = [said for each in standing(at.session, inside.round).judged for said in _too_few(inside, each)]
        if waiting := unfinished(at.session, inside.round):
            missing.append(f"Sheets still open: {waiting}. Each must be locked, or its assessor stood down.")
        return missing

    return _of_round("quorum_locked", "Enough assessors have locked their scores.", kind, "panel", check)


def still_read(session: Session, inside: Inside) -> list[Response]:
    """The eligible responses that may still be given to somebody.

    Until the scores are opened, all of them. Afterwards a new reader could answer scores they have heard of, so only
    those that a conflict declared late has left short of the published quorum.
    """
    found = found_eligible(session, inside.round)
    if scores_opened(session, inside.round) is None:
        return found
    short = {each.response.id for each in standing(session, inside.round).judged if _too_few(inside, each)}
    return [each for each in found if each.id in short]


def panel_is_settled(session: Session, inside: Inside) -> bool:
    """Whether nobody can join the panel any more: the scores are open, and every response has its quorum."""
    return scores_opened(session, inside.round) is not None and not still_read(session, inside)


def quality_locked(kind: RoundKind) -> Requirement:
    """Everything but the price is judged: enough locked sheets, and none of them open."""

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        judged = standing(at.session, inside.round).judged
        missing = [said for each in judged for said in _too_few(inside, each, price_too=False)]
        if waiting := unfinished(at.session, inside.round, price_too=False):
            missing.append(f"Sheets still open: {waiting}. Each must be locked, or its assessor stood down.")
        return missing

    return _of_round("quality_locked", "Everything but the price is judged and locked.", kind, "panel", check)


def _too_few(inside: Inside, judged: Judged, *, price_too: bool = True) -> list[str]:
    """Where a response has fewer locked scores than published; one person may judge a price."""
    quorum, missing = inside.round.quorum, dict[int, list[str]]()
    scored = [point for point in judged.points if not point.criterion.by_price]
    for point in scored:
        if len(point.values) < quorum:
            missing.setdefault(len(point.values), []).append(point.criterion.name)
    said = [
        f"{judged.firm}: {count} of {quorum} locked{'' if len(names) == len(scored) else ' on ' + ', '.join(names)}."
        for count, names in missing.items()
    ]
    unpriced = price_too and any(p.criterion.price_judged and not p.values for p in judged.points)
    return [*said, f"{judged.firm}: nobody has judged the price."] if unpriced else said


def spreads_moderated(kind: RoundKind) -> Requirement:
    """Where assessors lay further apart than published, they have met and agreed, with a reason."""

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        if not _comparable(at, inside):
            return [_UNOPENED]
        return [
            f"{each.firm}: {point.criterion.name}."
            for each in standing(at.session, inside.round).judged
            for point in each.points
            if point.needs_meeting and point.agreed is None
        ]

    return _of_round(
        "spreads_moderated", "Scores that lie far apart have been talked through.", kind, "moderation", check
    )


def outcomes_decided(kind: RoundKind) -> Requirement:
    """Each eligible response has an outcome on its present scores, feedback on every criterion, and was checked."""

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        if not _comparable(at, inside):
            return [_UNOPENED]
        stands, decided = standing(at.session, inside.round), outcomes_of(at.session, inside.round)
        problems = ((each, _lacks(each, stands, decided.get(each.response.id))) for each in stands.judged)
        return [f"{each.firm}: {problem}." for each, problem in problems if problem]

    return _of_round(
        "outcomes_decided", "Every firm has an outcome and feedback that somebody checked.", kind, "outcomes", check
    )


def somebody_chosen(kind: RoundKind) -> Requirement:
    """At least one firm goes on."""

    def check(at: Situation[Challenge], inside: Inside) -> bool:
        decided = outcomes_of(at.session, inside.round).values()
        return any(each.decision is Decision.CHOSEN and each.fell_out_at is None for each in decided)

    return _of_round("somebody_chosen", "At least one firm is chosen.", kind, "outcomes", check)


def ranking_respected(kind: RoundKind) -> Requirement:
    """Nobody below the minimum is chosen; in a competition nobody is passed over for a lower ranked firm.

    In a competition the contract goes to the tender that best satisfies the criteria (Procurement Act 2023 s.19(2)).
    Elsewhere, and where the number of firms or a tie leaves room, leaving the ranking takes a written reason.
    """

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        if not _comparable(at, inside):
            return [_UNOPENED]
        stands, decided = standing(at.session, inside.round), outcomes_of(at.session, inside.round)
        firms = {each.response.id: each.firm for each in stands.judged}
        chosen = {key for key, outcome in decided.items() if outcome.decision is Decision.CHOSEN}
        missing = [
            f"{firms[key]} is below the published minimum."
            for key, place in stands.places.items()
            if key in chosen and not place.meets_minimum
        ]
        if ranking_binds(inside.challenge, inside.kind):
            for places in stands.lots.values():
                broken = ranking.broken_order(places, chosen)
                missing += [f"{firms[better]} ranks above {firms[worse]}." for better, worse in broken]
        proposed = proposal(at.session, inside.challenge, inside.round, stands)
        return missing + [
            f"{firms[key]}: say why the ranking was not followed."
            for key, outcome in decided.items()
            if key in proposed and outcome.decision is not proposed[key] and not outcome.departure
        ]

    return _of_round("ranking_respected", "The published ranking is respected.", kind, "outcomes", check)


def somebody_is_next(kind: RoundKind) -> Requirement:
    """For reconsidering an award: whichever chosen firm falls out, somebody could follow one of them at least."""

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        if any(following for _, following in chosen_with_next(at.session, inside.round)):
            return []
        return ["No other firm in the ranking met the minimum."]

    return _of_round("somebody_is_next", "Another firm is next in the ranking.", kind, "ranking", check)


def somebody_falls_out(kind: RoundKind) -> Requirement:
    """For reconsidering an award: the response named with the move is a chosen one, and another follows it."""

    def check(at: Situation[Challenge], inside: Inside) -> list[str]:
        fallen = falling_out(at, inside)
        if fallen is None:
            return ["Say which of the chosen firms falls out."]
        return (
            [] if next_in_rank_of(at.session, fallen) else ["Nobody else who answered the same part met the minimum."]
        )

    sentence = "It is clear which chosen firm falls out, and who follows."
    return replace(_of_round("somebody_falls_out", sentence, kind, "ranking", check), of_given=True)


def falling_out(at: Situation[Challenge], inside: Inside) -> Outcome | None:
    """The chosen outcome of the response that `given["response_id"]` names; None where there is no such one."""
    fallen = outcomes_of(at.session, inside.round).get(int(at.given.get("response_id") or 0))
    return fallen if fallen and fallen.decision is Decision.CHOSEN else None


def _comparable(at: Situation[Challenge], inside: Inside) -> bool:
    """Whether it may be said what the scores are: before that, even a list of what is missing would tell."""
    return scores_opened(at.session, inside.round) is not None and not unfinished(at.session, inside.round)


def _lacks(judged: Judged, stands: Standing, outcome: Outcome | None) -> str:
    place = stands.places.get(judged.response.id)
    if place is None:
        return "its scores are not complete"
    if outcome is None:
        return "no outcome yet"
    if (outcome.rank, outcome.total) != (place.rank, ranking.hundredths(place.total)):
        return "its scores have changed since the outcome was decided"
    if blank := [each.criterion.name for each in outcome.feedback if not each.text.strip()]:
        return f"feedback is missing on {', '.join(blank)}"
    return "" if outcome.checked_at else "nobody has checked what it will be told"
