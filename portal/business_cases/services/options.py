"""What could be done instead, what it costs and brings, and which one is preferred."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.business_cases.appraisal import BIAS, ProjectKind
from portal.business_cases.models import BusinessCase, CaseOption, OptionYear
from portal.business_cases.models.options import same_every_year
from portal.business_cases.pathway import OptionKind
from portal.business_cases.services.shared import note, open_for_writing
from portal.db import Conflict, expect_version
from portal.machine import NotNow
from portal.policy import Actor

MOST_OPTIONS = 12
"""More options than anybody compares; it keeps a case readable."""

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


def add_option(session: Session, actor: Actor, case: BusinessCase, **fields: Any) -> CaseOption:
    """Add something that could be done: `name`, `kind`, `brings`, and its money where it is the same every year.

    That is `one_off_pence` in the first year, `yearly_pence` and `benefit_pence` in each, for `years`.
    """
    open_for_writing(session, actor, case)
    if len(case.options) >= MOST_OPTIONS:
        raise NotNow(f"A case compares at most {MOST_OPTIONS} options. Remove one first.")
    option = made(**fields)
    case.options.append(option)
    session.flush()
    note(session, actor, case, "option_added", option_id=option.id)
    return option


def change_option(
    session: Session, actor: Actor, case: BusinessCase, option: CaseOption, version: int | None, **fields: Any
) -> None:
    """Change an option's fields; with any of its money given, the same for every year, all of it is replaced.

    One that now means doing nothing is no longer preferred.
    """
    open_for_writing(session, actor, case)
    _expect_option(case, option)
    expect_version(option, version)
    if money := {name: fields.pop(name) for name in _MONEY & fields.keys()}:
        _replace_years(session, option, same_every_year(**money))
    for name, value in fields.items():
        setattr(option, name, value)
    option.preferred = option.preferred and option.kind is not OptionKind.DO_NOTHING
    session.flush()
    note(session, actor, case, "option_changed", option_id=option.id)


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
    open_for_writing(session, actor, case)
    _expect_option(case, option)
    expect_version(option, version)
    if uplift.below_usual and not uplift.reason:
        raise NotNow("Say why less is added than is usual for such a project.")
    _replace_years(session, option, years)
    option.project_kind, option.bias_reason = uplift.kind, uplift.reason
    option.one_off_bias, option.yearly_bias = uplift.one_off, uplift.yearly
    session.flush()
    note(session, actor, case, "option_years_saved", option_id=option.id, years=len(years))


def made(**fields: Any) -> CaseOption:
    """A new option; see `add_option` for its money."""
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
    open_for_writing(session, actor, case)
    _expect_option(case, option)
    case.options.remove(option)
    session.flush()
    note(session, actor, case, "option_removed", option_id=option.id)


def prefer_option(session: Session, actor: Actor, case: BusinessCase, option: CaseOption) -> None:
    """Prefer one option instead of any other."""
    open_for_writing(session, actor, case)
    _expect_option(case, option)
    if option.kind is OptionKind.DO_NOTHING:
        raise NotNow("Doing nothing needs no money, so it cannot be the preferred option.")
    for each in case.options:
        each.preferred = False
    session.flush()
    option.preferred = True
    session.flush()
    note(session, actor, case, "option_preferred", option_id=option.id)


def _expect_option(case: BusinessCase, option: CaseOption) -> None:
    if option not in case.options:
        raise Conflict("the option was removed")
