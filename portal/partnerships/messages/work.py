"""What firms are told about their partnership."""

from sqlalchemy.orm import Session

from portal.outbox.messages import Mail, message
from portal.partnerships.messages.about import contract_named


@message("partnerships.begun")
def begun(session: Session, partnership: str) -> Mail:
    """The challenge was activated and this firm is a partner."""
    found = contract_named(session, partnership)
    return Mail(
        subject=f"Your partnership begins: {found.challenge.title}",
        template="mail/partnerships/begun.txt",
        context={"challenge": found.challenge},
        path=f"/partnerships/{found.reference}",
    )


@message("partnerships.gate")
def gate(session: Session, partnership: str, phase: int) -> Mail:
    """A phase of this firm's work was decided at its gate."""
    found = contract_named(session, partnership)
    decided = next(each for each in found.phases if each.number == phase)
    return Mail(
        subject=f"Phase {phase} was reviewed: {found.challenge.title}",
        template="mail/partnerships/gate.txt",
        context={"challenge": found.challenge, "phase": decided},
        path=f"/partnerships/{found.reference}",
    )


@message("partnerships.conditions_met")
def conditions_met(session: Session, partnership: str, phase: int) -> Mail:
    """The conditions with which a phase of this firm's work passed are met."""
    found = contract_named(session, partnership)
    decided = next(each for each in found.phases if each.number == phase)
    return Mail(
        subject=f"The conditions of phase {phase} are met: {found.challenge.title}",
        template="mail/partnerships/conditions_met.txt",
        context={"challenge": found.challenge, "phase": decided},
        path=f"/partnerships/{found.reference}",
    )


@message("partnerships.ended")
def ended(session: Session, partnership: str) -> Mail:
    """This firm's work was ended before its time."""
    found = contract_named(session, partnership)
    return Mail(
        subject=f"Your work on this partnership was ended: {found.challenge.title}",
        template="mail/partnerships/ended.txt",
        context={"challenge": found.challenge},
        path=f"/partnerships/{found.reference}",
    )
