"""Beginning a business case, writing its sections, naming its money, and asking for a decision."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.business_cases.models import BusinessCase, CaseOption, CaseSection
from portal.business_cases.pathway import CaseState, OptionKind, SectionKey
from portal.business_cases.queries import case_of, deciders
from portal.business_cases.services.options import MOST_OPTIONS, made
from portal.business_cases.services.shared import expect_writing_time, note, open_for_writing
from portal.business_cases.sources import deployment_option, deployments
from portal.challenges.models import Challenge
from portal.db import Conflict, clock, expect_version, hold
from portal.law.money import Vat
from portal.policy import Actor
from portal.workflow import fire


@dataclass(frozen=True, slots=True)
class Funding:
    """What is asked for and out of what, as the case keeps it; the statement matters on the direct pathway only.

    `gap_note` says how the rest is found, where all of this does not pay for the preferred option.
    """

    amount_pence: int
    vat: Vat
    money_source: str
    budget_code: str
    no_tender_statement: bool = False
    gap_note: str = ""


def begin(session: Session, actor: Actor, challenge: Challenge) -> BusinessCase:
    """Begin the challenge's business case; the same one if it is begun.

    Its options begin with doing nothing and with each prototype at its deployment cost, all including VAT.
    The challenge is locked as for a move, so that two people who begin at once begin the same case.
    """
    hold(session, challenge)
    if (begun := case_of(session, challenge)) is not None:
        return begun
    expect_writing_time(challenge)
    now = clock.now()
    prototypes = deployments(session, challenge)[: MOST_OPTIONS - 2]
    shown = [CaseOption(**deployment_option(each)) for each in prototypes]
    case = BusinessCase(
        challenge=challenge,
        state=CaseState.DRAFT,
        state_since=now,
        begun_at=now,
        begun_by_id=actor.person_id,
        vat=Vat.INCLUSIVE,
        options=[made(name="Carry on as now", kind=OptionKind.DO_NOTHING), *shown],
        sections=[],
        authors=[],
    )
    session.add(case)
    session.flush()
    note(session, actor, case, "begun")
    return case


def save_section(
    session: Session, actor: Actor, case: BusinessCase, key: SectionKey, text: str, version: int | None
) -> None:
    """Write a section. `version` is 0 for one that nobody had written when this person began."""
    open_for_writing(session, actor, case)
    section = case.section(key)
    if section is None:
        if version != 0:
            raise Conflict(f"{key.value} has not been written yet")
        section = CaseSection(key=key, text=text)
        case.sections.append(section)
    else:
        expect_version(section, version)
        section.text = text
    session.flush()
    note(session, actor, case, "section_saved", section=key.value, text_sha256=journal.digest_text(text))


def save_money(session: Session, actor: Actor, case: BusinessCase, asked: Funding, version: int | None) -> None:
    """Say how much is asked for and where it comes from."""
    open_for_writing(session, actor, case)
    expect_version(case, version)
    for name, value in asdict(asked).items():
        setattr(case, name, value)
    session.flush()
    note(session, actor, case, "money_saved", amount_pence=asked.amount_pence, vat=asked.vat.value)


def submit(session: Session, actor: Actor, case: BusinessCase) -> None:
    """Ask for a decision; whoever may decide is told. From now on nothing in the case changes."""
    fire(session, actor, case, "submit")
    for person_id in deciders(session, case):
        outbox.queue(session, "business_cases.submitted", person_id, challenge_id=case.challenge_id)


def take_back(session: Session, actor: Actor, case: BusinessCase) -> None:
    """Take a submitted case back to write on, before anybody has decided."""
    fire(session, actor, case, "take_back")
