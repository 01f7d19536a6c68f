"""The business case, and the budget holder's decision."""

from portal.business_cases import services as cases
from portal.business_cases.appraisal import BIAS, ProjectKind
from portal.business_cases.models import BusinessCase, OptionYear
from portal.business_cases.pathway import TOGETHER, Level, OptionKind, SectionKey
from portal.business_cases.queries import case_of
from portal.demo import shapes
from portal.demo.walking.notices import publish_due
from portal.demo.walking.tendering import invite_tenders
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.law.money import Vat
from portal.notices.models import Moment
from portal.workflow import agree, fire

DO_NOTHING = "Do nothing"
THE_LEAST = 1
"""The place of the smallest change that would still help among a text's options: after doing nothing."""


def fund(walk: Walk) -> Acts:
    """Write the case, ask for the money, decide; after engagement and approval the tender is invited."""
    said = there(walk.text.business_case)
    after = walk.text.event.day + 4 if walk.text.event else walk.text.timetable.started
    yield walk.at(after, 14)
    with walk.as_owner() as act:
        _write(act, said)
    yield walk.at(after + 2, 10)
    with walk.as_owner() as act:
        cases.submit(act.session, act.actor, there(case_of(act.session, act.challenge)))
    if said.first_note is not None:
        yield walk.at(after + 7, 10)
        with walk.acting(walk.world.budget_holder(walk.text.authority)) as act:
            agree(act.session, act.actor, act.challenge, TOGETHER, note=said.first_note)
    if said.decision == "submitted":
        return
    yield from _decide(walk, said, after + 8 if said.first_note is not None else after + 7)
    if walk.text.pathway == "showcase" and walk.tendered:
        yield from invite_tenders(walk)


def _decide(walk: Walk, said: shapes.BusinessCase, day: int) -> Acts:
    if said.decision == "rejected":
        yield walk.at(day, 9)
        with walk.as_officer() as act:
            publish_due(act, Moment.ENDING)
    yield walk.at(day, 10)
    together = said.first_note is not None
    holder = walk.world.second_budget_holder if together else walk.world.budget_holder
    with walk.acting(holder(walk.text.authority)) as act:
        if said.decision == "rejected":
            fire(act.session, act.actor, act.challenge, "reject_funding", reason=walk.text.end_reason)
        else:
            move = TOGETHER if together else "approve_funding"
            fire(act.session, act.actor, act.challenge, move, note=said.decision_note or "")


def _write(act: Act, said: shapes.BusinessCase) -> None:
    session, actor = act.session, act.actor
    case = cases.begin(session, actor, act.challenge)
    for key in SectionKey:
        cases.save_section(session, actor, case, key, getattr(said, key.value), 0)
    for risk in said.risks:
        how = {"likelihood": Level(risk.likelihood), "impact": Level(risk.impact)}
        cases.add_risk(session, actor, case, what=risk.what, answer=risk.answer, **how)
    for place, option in enumerate(said.options):
        kind = OptionKind.DO_MINIMUM if place == THE_LEAST else OptionKind.OTHER
        _add_option(act, case, option, kind, preferred=option.name == said.preferred)
    asked = cases.Funding(
        amount_pence=said.amount_pounds * 100,
        vat=Vat.INCLUSIVE,
        money_source=said.source,
        budget_code=said.budget_code,
        no_tender_statement=said.no_tender_statement is not None,
    )
    cases.save_money(session, actor, case, asked, case.version)


def _add_option(act: Act, case: BusinessCase, said: shapes.Option, kind: OptionKind, *, preferred: bool) -> None:
    """Every case begins with doing nothing, which the texts describe; the others come beside it."""
    fields = {"name": said.name, "one_off_pence": said.cost_pounds * 100, "brings": said.brings}
    if said.name == DO_NOTHING:
        nothing = next(each for each in case.options if each.kind is OptionKind.DO_NOTHING)
        cases.change_option(act.session, act.actor, case, nothing, nothing.version, **fields)
        return
    made = cases.add_option(act.session, act.actor, case, kind=kind, **fields)
    if said.years:
        years = [
            OptionYear(year=year, one_off_pence=once * 100, yearly_pence=running * 100, benefit_pence=saved * 100)
            for year, (once, running, saved) in enumerate(said.years)
        ]
        cases.save_years(act.session, act.actor, case, made, made.version, years, _usual(said))
    if preferred:
        cases.prefer_option(act.session, act.actor, case, made)


def _usual(said: shapes.Option) -> cases.Uplift:
    if said.project is None:
        return cases.Uplift()
    kind = ProjectKind(said.project)
    return cases.Uplift(kind, BIAS[kind].one_off, BIAS[kind].yearly)
