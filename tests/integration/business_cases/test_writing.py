"""Writing a case: what it must hold, who is its author, and that nobody's words are lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.business_cases import services
from portal.business_cases.models import BusinessCase
from portal.business_cases.pathway import OptionKind, SectionKey
from portal.business_cases.reading import read
from portal.challenges.models import Challenge, HowMightWe, UserNeed
from portal.challenges.pathway import Pathway
from portal.db import Conflict, Database, clock, guard_state
from portal.law.money import Vat
from portal.machine import MoveRefused, NotNow
from portal.outbox.models import OutboxMessage
from portal.policy import Actor
from portal.showcases.models import DeploymentCost
from tests.integration.business_cases.conftest import FUNDING, Cast, acting, case_in, cast_for, write
from tests.integration.showing import conftest as showing

Spoil = Callable[[Session, Actor, BusinessCase], object]


def _empty(session: Session, owner: Actor, case: BusinessCase) -> None:
    section = case.section(SectionKey.ECONOMIC)
    assert section is not None
    services.save_section(session, owner, case, SectionKey.ECONOMIC, "", section.version)


def _without_nothing(session: Session, owner: Actor, case: BusinessCase) -> None:
    services.remove_option(session, owner, case, case.options[0])


def _without_preferred(session: Session, owner: Actor, case: BusinessCase) -> None:
    assert case.preferred is not None
    services.remove_option(session, owner, case, case.preferred)


def _preferred_becomes_nothing(session: Session, owner: Actor, case: BusinessCase) -> None:
    option = case.preferred
    assert option is not None
    services.change_option(session, owner, case, option, option.version, kind=OptionKind.DO_NOTHING)


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (_empty, "five_cases_complete"),
        (_without_nothing, "do_nothing_considered"),
        (_without_preferred, "option_preferred"),
        (_preferred_becomes_nothing, "option_preferred"),
    ],
)
def test_a_case_without_one_of_its_parts_is_not_submitted(
    database: Database, written: Cast, spoil: Spoil, name: str
) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        spoil(session, owner, case)
        with pytest.raises(MoveRefused) as refused:
            services.submit(session, owner, case)
        assert [unmet.name for unmet in refused.value.refusal.missing] == [name]


def test_a_case_just_begun_is_refused_with_everything_it_lacks(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        owner = acting(session, cast.owner)
        case = services.begin(session, owner, session.get_one(Challenge, cast.challenge_id))
        with pytest.raises(MoveRefused) as refused:
            services.submit(session, owner, case)
    missing = {unmet.name: unmet.details for unmet in refused.value.refusal.missing}
    compared = {"do_nothing_considered", "do_minimum_considered", "option_preferred"}
    assert set(missing) == compared | {"five_cases_complete", "funding_named", "risks_named"}
    assert len(missing["five_cases_complete"]) == 5
    assert missing["funding_named"] == ("The amount", "Where the money comes from", "The budget code")


def test_a_small_amount_needs_only_the_short_form(database: Database, cast: Cast) -> None:
    small = services.Funding(24_999_99, Vat.EXCLUSIVE, "Innovation fund", "IF-1", gap_note="The reserve.")
    with database.writing() as session:
        owner, case = acting(session, cast.owner), write(session, cast, small)
        for key in (SectionKey.ECONOMIC, SectionKey.COMMERCIAL):
            section = case.section(key)
            assert section is not None
            services.save_section(session, owner, case, key, "", section.version)
        services.submit(session, owner, case)
        assert case.state == "submitted"


def test_vat_counts_towards_the_short_form(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        case = write(session, cast, services.Funding(25_000_00, Vat.EXCLUSIVE, "Innovation fund", "IF-1"))
        assert case.amount_with_vat == 30_000_00
        assert case.needed == tuple(SectionKey)


@pytest.mark.parametrize("stated", [True, False])
def test_the_direct_pathway_asks_for_the_statement_that_no_tender_is_out(
    database: Database, cast: Cast, stated: bool
) -> None:
    with database.writing() as session:
        direct = cast_for(session, Pathway.DIRECT)
        case = write(session, direct, services.Funding(60_000_00, Vat.INCLUSIVE, "Capital", "C-1", stated))
        owner = acting(session, direct.owner)
        if stated:
            services.submit(session, owner, case)
            assert case.state == "submitted"
        else:
            with pytest.raises(MoveRefused) as refused:
                services.submit(session, owner, case)
            assert [unmet.name for unmet in refused.value.refusal.missing] == ["no_tender_out"]


def test_a_case_is_begun_during_the_showcase_but_submitted_after_it(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        early = cast_for(session, state="showcase")
        case = write(session, early)
        with pytest.raises(MoveRefused) as refused:
            services.submit(session, acting(session, early.owner), case)
        assert [unmet.name for unmet in refused.value.refusal.missing] == ["challenge_at_business_case"]


@pytest.mark.parametrize("state", ["design_thinking", "support", "award", "withdrawn"])
def test_no_case_is_begun_at_another_time(database: Database, cast: Cast, state: str) -> None:
    with database.writing() as session:
        other = cast_for(session, state=state)
        with pytest.raises(NotNow):
            services.begin(session, acting(session, other.owner), session.get_one(Challenge, other.challenge_id))


def test_beginning_twice_is_beginning_once(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        owner, challenge = acting(session, cast.owner), session.get_one(Challenge, cast.challenge_id)
        assert services.begin(session, owner, challenge) is services.begin(session, owner, challenge)


def test_whoever_can_approve_is_asked_about_their_interests(database: Database, submitted: Cast) -> None:
    with database.reading() as session:
        kind = OutboxMessage.kind == "challenges.declare_interests"
        assert session.scalars(select(OutboxMessage.to_person_id).where(kind)).all() == [submitted.budget.id]


def test_a_submitted_case_is_frozen_until_it_is_taken_back(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        owner, case = acting(session, submitted.owner), case_in(session, submitted)
        edits: tuple[Callable[[], object], ...] = (
            lambda: services.save_section(session, owner, case, SectionKey.STRATEGIC, "Other words", 1),
            lambda: services.save_money(session, owner, case, FUNDING, case.version),
            lambda: services.remove_option(session, owner, case, case.options[0]),
            lambda: services.prefer_option(session, owner, case, case.options[1]),
        )
        for edit in edits:
            with pytest.raises(NotNow):
                edit()
        services.take_back(session, owner, case)
        services.save_section(session, owner, case, SectionKey.STRATEGIC, "Other words", 1)


@pytest.mark.parametrize("version", [0, 7, None])
def test_a_stale_version_is_refused_for_sections_money_and_options(
    database: Database, written: Cast, version: int | None
) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        with pytest.raises(Conflict):
            services.save_section(session, owner, case, SectionKey.STRATEGIC, "Mine", version)
        with pytest.raises(Conflict):
            services.save_money(session, owner, case, FUNDING, version)
        with pytest.raises(Conflict):
            services.change_option(session, owner, case, case.options[0], version, brings="Mine")


def test_two_who_first_write_a_section_do_not_overwrite_one_another(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        owner = acting(session, cast.owner)
        case = services.begin(session, owner, session.get_one(Challenge, cast.challenge_id))
        services.save_section(session, owner, case, SectionKey.STRATEGIC, "First", 0)
        with pytest.raises(Conflict):
            services.save_section(session, owner, case, SectionKey.STRATEGIC, "Second", 0)


def test_only_one_option_is_preferred(database: Database, written: Cast) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        other = services.add_option(
            session, owner, case, name="Posters", kind=OptionKind.DO_MINIMUM, years=1, brings="A little."
        )
        services.prefer_option(session, owner, case, other)
    with database.reading() as session:
        assert [o.name for o in case_in(session, written).options if o.preferred] == ["Posters"]


def test_doing_nothing_is_never_preferred(database: Database, written: Cast) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        with pytest.raises(NotNow):
            services.prefer_option(session, owner, case, case.options[0])


def test_a_section_begins_with_what_design_thinking_learnt(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        known = {"challenge_id": cast.challenge_id}
        session.add(HowMightWe(text="How might we hold the bus?", chosen_at=clock.now(), **known))
        session.add(HowMightWe(text="How might we forget it?", **known))
        session.add(UserNeed(who="Passengers", need="Time to board", evidence="Thirty ride-alongs", **known))
        owner = acting(session, cast.owner)
        case = services.begin(session, owner, session.get_one(Challenge, cast.challenge_id))
        found = read(session, owner, case).sources
    strategic = " ".join(f"{s.title} {s.text}" for s in found[SectionKey.STRATEGIC])
    assert "hold the bus" in strategic
    assert "forget it" not in strategic
    assert "Thirty ride-alongs" in strategic
    assert [s.text for s in found[SectionKey.FINANCIAL]] == ["£40,000, including VAT"]
    assert found[SectionKey.ECONOMIC][0].text == "Fit with the need 60%; Delivery 40%"


def test_a_case_begins_with_each_prototype_at_its_deployment_cost(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        shown = showing.build(session)
        showing.with_plans(session, shown)
        event = showing.event_in(session, shown)
        with guard_state():
            event.challenge.state = "showcase"
        first, *_others = showing.appearances(session, shown)
        first.costs[:] = [
            DeploymentCost(
                what="Stops", one_off_pence=10_000_00, yearly_pence=0, years=1, vat=Vat.EXCLUSIVE, assumptions="Ten."
            ),
            DeploymentCost(
                what="Upkeep", one_off_pence=0, yearly_pence=2_000_00, years=3, vat=Vat.INCLUSIVE, assumptions="Ten."
            ),
        ]
        session.flush()
        owner = Actor(None, "Owner")
        case = services.begin(session, owner, event.challenge)
        option = next(o for o in case.options if o.name == first.response.organisation.name)
        assert (option.one_off_pence, option.yearly_pence, option.years) == (12_000_00, 6_000_00, 3)
        assert option.total_pence == first.total_pence
        said = [s.text for s in read(session, owner, case).sources[SectionKey.FINANCIAL]]
        assert any("£18,000 in all, including VAT (Stops: £12,000 once; Upkeep: £0 once and £2,000" in s for s in said)
