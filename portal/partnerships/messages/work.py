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
    return _of_phase(session, partnership, phase, "gate", f"Phase {phase} was reviewed")


@message("partnerships.conditions_met")
def conditions_met(session: Session, partnership: str, phase: int) -> Mail:
    """The conditions with which a phase of this firm's work passed are met."""
    return _of_phase(session, partnership, phase, "conditions_met", f"The conditions of phase {phase} are met")


def _of_phase(session: Session, partnership: str, number: int, name: str, subject: str) -> Mail:
    found = contract_named(session, partnership)
    phase = next(each for each in found.phases if each.number == number)
    return Mail(
        subject=f"{subject}: {found.challenge.title}",
        template=f"mail/partnerships/{name}.txt",
        context={"challenge": found.challenge, "phase": phase},
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
