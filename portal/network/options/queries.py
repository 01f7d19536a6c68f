"""Which options an authority has on, and its trials of them."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.network.options.models import NetworkOption, OptionTrial
from portal.organisations.models import Organisation


def is_on(session: Session, organisation_id: int, option: NetworkOption) -> bool:
    """Whether an authority has an option on."""
    return trial_running(session, organisation_id, option) is not None


def options_on(session: Session, organisation_id: int) -> frozenset[NetworkOption]:
    """Every option an authority has on."""
    found = select(OptionTrial.option).where(OptionTrial.organisation_id == organisation_id, OptionTrial.is_on)
    return frozenset(session.scalars(found))


def options_tried(session: Session) -> frozenset[NetworkOption]:
    """Every option that some authority has on."""
    return frozenset(session.scalars(select(OptionTrial.option).where(OptionTrial.is_on).distinct()))


def is_tried(session: Session, option: str) -> bool:
    """Whether some authority has an option on, by its slug: what `portal.web.tried` is answered."""
    return NetworkOption(option) in options_tried(session)


def bodies_with(option: NetworkOption) -> Select[int]:
    """The ids of the authorities that have an option on, for the condition of a list."""
    return select(OptionTrial.organisation_id).where(OptionTrial.option == option, OptionTrial.is_on)


def trial_running(session: Session, organisation_id: int, option: NetworkOption) -> OptionTrial | None:
    """The trial by which an option is on."""
    return session.scalars(
        select(OptionTrial).where(
            OptionTrial.organisation_id == organisation_id, OptionTrial.option == option, OptionTrial.is_on
        )
    ).first()


def trials_of(session: Session, organisation_id: int) -> Sequence[OptionTrial]:
    """Every trial of an authority, the latest first."""
    of_body = select(OptionTrial).where(OptionTrial.organisation_id == organisation_id)
    return session.scalars(of_body.order_by(OptionTrial.begun_at.desc(), OptionTrial.id.desc()).limit(500)).all()


def by_authority(session: Session) -> list[tuple[Organisation, frozenset[NetworkOption]]]:
    """Every authority in the order of names with what it has on, two hundred at most."""
    bodies = session.scalars(
        select(Organisation).where(Organisation.is_authority).order_by(Organisation.name, Organisation.id).limit(200)
    ).all()
    on: dict[int, set[NetworkOption]] = {}
    for body, option in session.execute(
        select(OptionTrial.organisation_id, OptionTrial.option).where(OptionTrial.is_on)
    ):
        on.setdefault(body, set()).add(option)
    return [(body, frozenset(on.get(body.id, ()))) for body in bodies]
