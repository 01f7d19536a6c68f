"""While a round is open: questions, amendments, drafts, submissions and withdrawals."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from portal import workflow
from portal.challenges import amending, parts, questioning
from portal.challenges.models import Question
from portal.challenges.sections import BY_KEY
from portal.challenges.services import amend, questions
from portal.demo import shapes
from portal.demo.walking.articulating import dates_of
from portal.demo.walking.calls import Call, own_call, tender_call
from portal.demo.walking.consortia import gone_while_open, invite, join, leave, own
from portal.demo.walking.notices import publish_due
from portal.demo.walking.restoring import restore
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.notices.models import Moment
from portal.organisations.models import Organisation
from portal.responses import services as responses
from portal.responses.confidential import is_marked
from portal.responses.models import WithdrawalReason
from portal.responses.sections import PRICE, SUMMARY, criterion_key

Timed = Iterator[tuple[datetime, Callable[[], None]]]


def answer(walk: Walk) -> Acts:
    """The challenge's own round, from its release until the clock closes it."""
    yield from _while_open(walk, own_call(walk), "open")


def answer_tender(walk: Walk) -> Acts:
    """The tender round."""
    yield from _while_open(walk, tender_call(walk), "tender")


def _while_open(walk: Walk, call: Call, state: str) -> Acts:
    happened = (_questions(walk, call), _amendments(walk, call), restore(walk, call), _responses(walk, call))
    yield from walk.in_order(chain(*happened))
    if walk.leaves(state) or (walk.text.ended_from and walk.text.ended_from != state):
        yield walk.no_earlier(walk.world.moment(call.deadline, 12, 1))
        with walk.as_officer() as act:
            workflow.settle(act.session, act.challenge)


def _questions(walk: Walk, call: Call) -> Timed:
    firms = [each.firm for each in call.responses] or [firm.key for firm in walk.world.library.firms]
    for number, asked in enumerate(call.asked):
        firm = firms[number % len(firms)]
        yield walk.world.moment(asked.day, 11, number), partial(_ask, walk, firm, asked)
        if asked.answer:
            yield walk.world.moment(asked.day + 1, 15, number), partial(_publish_answer, walk, asked)
        if asked.same_as:
            yield walk.world.moment(asked.day, 15, number), partial(_merge, walk, asked)
        if asked.wording:
            yield walk.world.moment(asked.day, 16, number), partial(_propose_wording, walk, asked)
        if asked.declined_because:
            yield walk.world.moment(asked.day + 1, 15, number), partial(_decline, walk, asked)


def _ask(walk: Walk, firm: str, asked: shapes.Asked) -> None:
    with walk.acting(walk.world.answers_for(firm)) as act:
        confidential = asked.wording is not None
        questions.ask(act.session, act.actor, act.published, asked.question, confidential=confidential)


def _merge(walk: Walk, asked: shapes.Asked) -> None:
    with walk.as_officer() as act:
        question = _question(act, asked)
        into = next(each for each in questioning.same_as(act.session, question) if each.text == asked.same_as)
        other = there(questioning.question_inside(act.session, act.actor, act.reference, into.reference))
        questions.merge(act.session, act.actor, question, other, version=question.version)


def _propose_wording(walk: Walk, asked: shapes.Asked) -> None:
    with walk.as_officer() as act:
        question, wording = _question(act, asked), str(asked.wording)
        questions.propose(act.session, act.actor, question, version=question.version, wording=wording)


def _publish_answer(walk: Walk, asked: shapes.Asked) -> None:
    with walk.as_officer() as act:
        question = _question(act, asked)
        words = {"published_text": asked.question, "answer": str(asked.answer)}
        questions.draft_answer(act.session, act.actor, question, version=question.version, **words)
    with walk.as_owner() as act:
        question = _question(act, asked)
        questions.approve(act.session, act.actor, question, version=question.version)
    with walk.as_officer() as act:
        digest = questions.batch_digest([_question(act, asked)])
        questions.publish_batch(act.session, act.actor, act.challenge, digest=digest)


def _decline(walk: Walk, asked: shapes.Asked) -> None:
    with walk.as_officer() as act:
        question = _question(act, asked)
        reason = str(asked.declined_because)
        questions.decline(act.session, act.actor, question, version=question.version, reason=reason)


def _question(act: Act, asked: shapes.Asked) -> Question:
    waiting = questioning.inbox(act.session, act.actor, act.challenge, number=1, size=60).items
    reference = next(each.reference for each in waiting if each.text == asked.question)
    return there(questioning.question_inside(act.session, act.actor, act.reference, reference))


def _amendments(walk: Walk, call: Call) -> Timed:
    for change in call.amendments:
        yield walk.world.moment(change.day, 10), partial(_amend, walk, call, change)


def _amend(walk: Walk, call: Call, change: shapes.Amendment) -> None:
    with walk.as_officer() as act:
        key, value = _amended(walk.text, change)
        _propose(act, key, value)
        if change.deadline_before is not None:
            _propose(act, "dates", dates_of(walk, call))
        publish_due(act, Moment.AMENDMENT)
        prepared = there(amending.pending(act.session, act.challenge))
        amend.publish(
            act.session,
            act.actor,
            act.challenge,
            reason=change.reason,
            deadline_kept=change.deadline_before is None,
            version=prepared.version,
        )


def _amended(text: shapes.Challenge, change: shapes.Amendment) -> tuple[str, dict[str, Any]]:
    said = there(text.brief)
    if change.section == "must_haves":
        return "must_haves", {"texts": list(said.must_haves)}
    words = getattr(said, BY_KEY[change.section].key)
    return parts.section_part(change.section), {"source": words, "format": "markdown"}


def _propose(act: Act, key: str, value: dict[str, Any]) -> None:
    challenge = act.challenge
    version = parts.version_of(amending.proposed_value(act.session, challenge, key))
    amend.propose(act.session, act.actor, challenge, key, value, version)


def _responses(walk: Walk, call: Call) -> Timed:
    first = max([call.released + 1, *(each.day + 1 for each in call.amendments)])
    last = min(call.deadline, 0) - 1
    for number, said in enumerate(call.responses):
        begun = max(first, last - 6)
        yield walk.world.moment(begun, 9, 7 * number), partial(_draft, walk, call, said)
        for partner in said.partners:
            yield walk.world.moment(begun, 13, 7 * number), partial(join, walk, call, said, partner)
        for moment, gone in gone_while_open(walk, call, said):
            yield moment, partial(leave, walk, call, said, gone)
        if said.outcome == "draft":
            continue
        yield walk.world.moment(max(begun, last), 14, 7 * number), partial(_submit, walk, call, said)
        if said.outcome == "withdrawn":
            yield walk.world.moment(max(begun, last), 18, 7 * number), partial(_withdraw, walk, call, said)


def _draft(walk: Walk, call: Call, said: shapes.Response) -> None:
    with walk.acting(walk.world.answers_for(said.firm)) as act:
        asked = act.open_round(call.kind)
        firm = act.session.get_one(Organisation, walk.world.organisations[said.firm])
        begun = responses.start(act.session, act.actor, act.published, asked, asked.lots[0], firm)
        walk.responses[call.kind, said.firm] = begun.reference
        response = own(walk, act, call.kind, said.firm)
        words = _words(call, said, {row.name: row.id for row in asked.criteria})
        for number, (key, text) in enumerate(words.items()):
            if said.outcome == "draft" and number > 1:
                break
            price = {"price_pence": said.price_pounds * 100} if key == PRICE else {}
            why = {"confidential_reason": said.confidential_because} if is_marked(text) else {}
            beside: dict[str, Any] = price | why
            responses.save_section(act.session, act.actor, response, key, text, version=None, **beside)
        invite(walk, act, call, said, response)


def _words(call: Call, said: shapes.Response, ids: dict[str, int]) -> dict[str, str]:
    """What a response says in each section, from the few texts the library has of it."""
    price = f"£{said.price_pounds:,} including VAT covers everything described here."
    by_key = {"proof": said.already_developed, "delivery": said.delivery, "people": said.why_us, "value": said.why_us}
    by_key["cost"] = f"{price} Nothing comes on top of it, and leaving costs nothing."
    by_key |= {each.criterion: each.text for each in said.promises}
    answers = {criterion_key(ids[each.name]): by_key.get(each.key, said.solution) for each in call.criteria}
    return {SUMMARY: f"{said.solution}\n\n{said.why_us}", **answers, PRICE: price}


def _submit(walk: Walk, call: Call, said: shapes.Response) -> None:
    with walk.acting(walk.world.answers_for(said.firm)) as act:
        response = own(walk, act, call.kind, said.firm)
        responses.submit(act.session, act.actor, response, once_key=f"{walk.text.key}-{call.kind.value}-{said.firm}")


def _withdraw(walk: Walk, call: Call, said: shapes.Response) -> None:
    with walk.acting(walk.world.answers_for(said.firm)) as act:
        response = own(walk, act, call.kind, said.firm)
        why = WithdrawalReason(said.help_because) if said.help_because else WithdrawalReason.NO_TIME
        responses.withdraw(act.session, act.actor, response, reason=why.label)
        if said.help_because:
            responses.ask_for_help(act.session, act.actor, response, reason=why)
