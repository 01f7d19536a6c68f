"""Writing a business case, asking for a decision, and commenting on it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal import journal, outbox
from portal.business_cases.appraisal import BIAS, ProjectKind
from portal.business_cases.models import BusinessCase, CaseAuthor, CaseComment, CaseOption, CaseSection, OptionYear
from portal.business_cases.models.options import same_every_year
from portal.business_cases.pathway import WRITTEN_IN, CaseState, OptionKind, SectionKey
from portal.business_cases.queries import case_of, deciders
from portal.business_cases.sources import deployment_option, deployments
from portal.challenges.models import Challenge
from portal.db import Conflict, clock, expect_version, hold, share
from portal.law.money import Vat
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor
from portal.workflow import fire

MOST_OPTIONS = 12
"""More options than anybody compares; it keeps a case readable."""


@dataclass(frozen=True, slots=True)
class Funding:
    """What is asked for and out of what, as the case keeps it; the statement matters on the direct pathway only."""

    amount_pence: int
    vat: Vat
    money_source: str
    budget_code: str
    no_tender_statement: bool = False


_MONEY = frozenset({"one_off_pence", "yearly_pence", "benefit_pence", "years"})


@dataclass(frozen=True, slots=True)
class Uplift:
    """What is added to an option's costs for optimism, in whole per cent; the sort of project, and why so little."""

    kind: ProjectKind | None = None
    one_off: int = 0
    yearly: int = 0
    reason: str = ""

    @property
    def below_usual(self) -> bool:
        """Whether it is less than is usual for such a project, which needs a reason (HM Treasury, Green Book)."""
        usual = BIAS[self.kind] if self.kind else None
        return usual is not None and (self.one_off < usual.one_off or self.yearly < usual.yearly)


def begin(session: Session, actor: Actor, challenge: Challenge) -> BusinessCase:
    """Begin the challenge's business case; the same one if it is begun.

    Its options begin with doing nothing and with each prototype at its deployment cost, all including VAT.
    The challenge is locked as for a move, so that two people who begin at once begin the same case.
    """
    hold(session, challenge)
    if (begun := case_of(session, challenge)) is not None:
        return begun
    _expect_writing_time(challenge)
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
        options=[_made(name="Carry on as now", kind=OptionKind.DO_NOTHING), *shown],
        sections=[],
        authors=[],
    )
    session.add(case)
    session.flush()
    _journal(session, actor, case, "begun")
    return case


def save_section(
    session: Session, actor: Actor, case: BusinessCase, key: SectionKey, text: str, version: int | None
) -> None:
    """Write a section. `version` is 0 for one that nobody had written when this person began."""
    _open_for_writing(session, actor, case)
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
    _journal(session, actor, case, "section_saved", section=key.value, text_sha256=journal.digest_text(text))


def save_money(session: Session, actor: Actor, case: BusinessCase, asked: Funding, version: int | None) -> None:
    """Say how much is asked for and where it comes from."""
    _open_for_writing(session, actor, case)
    expect_version(case, version)
    for name, value in asdict(asked).items():
        setattr(case, name, value)
    session.flush()
    _journal(session, actor, case, "money_saved", amount_pence=asked.amount_pence, vat=asked.vat.value)


def add_option(session: Session, actor: Actor, case: BusinessCase, **fields: Any) -> CaseOption:
    """Add something that could be done: `name`, `kind`, `brings`, and its money where it is the same every year.

    That is `one_off_pence` in the first year, `yearly_pence` and `benefit_pence` in each, for `years`.
    """
    _open_for_writing(session, actor, case)
    if len(case.options) >= MOST_OPTIONS:
        raise NotNow(f"A case compares at most {MOST_OPTIONS} options. Remove one first.")
    option = _made(**fields)
    case.options.append(option)
    session.flush()
    _journal(session, actor, case, "option_added", option_id=option.id)
    return option


def change_option(
    session: Session, actor: Actor, case: BusinessCase, option: CaseOption, version: int | None, **fields: Any
) -> None:
    """Change an option's fields; with any of its money given, the same for every year, all of it is replaced.

    One that now means doing nothing is no longer preferred.
    """
    _open_for_writing(session, actor, case)
    _expect_option(case, option)
    expect_version(option, version)
    if money := {name: fields.pop(name) for name in _MONEY & fields.keys()}:
        _replace_years(session, option, same_every_year(**money))
    for name, value in fields.items():
        setattr(option, name, value)
    option.preferred = option.preferred and option.kind is not OptionKind.DO_NOTHING
    session.flush()
    _journal(session, actor, case, "option_changed", option_id=option.id)


def save_years(
    session: Session,
    actor: Actor,
    case: BusinessCase,
    option: CaseOption,
    version: int | None,
    years: Sequence[OptionYear],
    uplift: Uplift,
) -> None:
    """Write an option's money year by year, and what is added to its costs for optimism.

    Raises `NotNow` where less is added than is usual for such a project and no reason says why.
    """
    _open_for_writing(session, actor, case)
    _expect_option(case, option)
    expect_version(option, version)
    if uplift.below_usual and not uplift.reason:
        raise NotNow("Say why less is added than is usual for such a project.")
    _replace_years(session, option, years)
    option.project_kind, option.bias_reason = uplift.kind, uplift.reason
    option.one_off_bias, option.yearly_bias = uplift.one_off, uplift.yearly
    session.flush()
    _journal(session, actor, case, "option_years_saved", option_id=option.id, years=len(years))


def _made(**fields: Any) -> CaseOption:
    money = {name: fields.pop(name) for name in _MONEY & fields.keys()}
    return CaseOption(**fields, money=same_every_year(**money))


def _replace_years(session: Session, option: CaseOption, years: Sequence[OptionYear]) -> None:
    """Take the old years out before the new ones go in: they have the same keys. The option counts as changed."""
    option.money.clear()
    session.flush()
    option.money.extend(years)
    flag_modified(option, "brings")


def remove_option(session: Session, actor: Actor, case: BusinessCase, option: CaseOption) -> None:
    """Take an option out of the comparison."""
    _open_for_writing(session, actor, case)
    _expect_option(case, option)
    case.options.remove(option)
    session.flush()
    _journal(session, actor, case, "option_removed", option_id=option.id)


def prefer_option(session: Session, actor: Actor, case: BusinessCase, option: CaseOption) -> None:
    """Prefer one option instead of any other."""
    _open_for_writing(session, actor, case)
    _expect_option(case, option)
    if option.kind is OptionKind.DO_NOTHING:
        raise NotNow("Doing nothing needs no money, so it cannot be the preferred option.")
    for each in case.options:
        each.preferred = False
    session.flush()
    option.preferred = True
    session.flush()
    _journal(session, actor, case, "option_preferred", option_id=option.id)


def submit(session: Session, actor: Actor, case: BusinessCase) -> None:
    """Ask for a decision; whoever may decide is told. From now on nothing in the case changes."""
    fire(session, actor, case, "submit")
    for person_id in deciders(session, case):
        outbox.queue(session, "business_cases.submitted", person_id, challenge_id=case.challenge_id)


def take_back(session: Session, actor: Actor, case: BusinessCase) -> None:
    """Take a submitted case back to write on, before anybody has decided."""
    fire(session, actor, case, "take_back")


def comment(session: Session, actor: Actor, case: BusinessCase, section: SectionKey, text: str) -> CaseComment:
    """Say what to change in a section. Raises `NotAllowed` for an author: writing and judging are kept apart."""
    _open_for_comments(session, case)
    if case.written_by(actor.person_id) or actor.person_id is None:
        raise NotAllowed("You wrote in this business case, so somebody else comments on it.")
    made = CaseComment(case_id=case.id, section=section, text=text, by_id=actor.person_id, at=clock.now())
    session.add(made)
    session.flush()
    _journal(session, actor, case, "commented", comment_id=made.id, text_sha256=journal.digest_text(text))
    return made


def remove_comment(session: Session, actor: Actor, case: BusinessCase, comment_id: int) -> None:
    """Take back one's own comment before the case is decided on; a comment that is gone already stays gone."""
    _open_for_comments(session, case)
    made = session.get(CaseComment, comment_id)
    if made is None or made.case_id != case.id:
        return
    if made.by_id != actor.person_id or made.at < (case.submitted_at or made.at):
        raise NotAllowed("Only your own comments on this submission can be removed.")
    session.delete(made)
    session.flush()
    _journal(session, actor, case, "comment_removed", comment_id=comment_id)


def _lock(session: Session, case: BusinessCase) -> Challenge:
    """Lock the challenge for an edit below it, then the case itself: two people never edit one case at once."""
    challenge = case.challenge
    share(session, challenge)
    hold(session, case)
    return challenge


def _open_for_writing(session: Session, actor: Actor, case: BusinessCase) -> None:
    """Lock, check that the case is still being written, and remember this person as one of its authors."""
    challenge = _lock(session, case)
    if not case.editable:
        raise NotNow("The business case has been submitted, so it cannot be changed. Take it back first.")
    _expect_writing_time(challenge)
    if actor.person_id is not None and not case.written_by(actor.person_id):
        case.authors.append(CaseAuthor(person_id=actor.person_id))


def _open_for_comments(session: Session, case: BusinessCase) -> None:
    _lock(session, case)
    if case.state != CaseState.SUBMITTED:
        raise NotNow("Comments are made while a business case waits for a decision.")


def _expect_writing_time(challenge: Challenge) -> None:
    if challenge.state not in WRITTEN_IN:
        raise NotNow("A business case is written during the showcase and at the business case stage, not now.")


def _expect_option(case: BusinessCase, option: CaseOption) -> None:
    if option not in case.options:
        raise Conflict("the option was removed")


def _journal(session: Session, actor: Actor, case: BusinessCase, event: str, **data: Any) -> None:
    journal.record(
        session, actor, f"business_case.{event}", ("business_case", case.id), challenge_id=case.challenge_id, **data
    )
