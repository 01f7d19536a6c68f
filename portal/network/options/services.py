"""Switching options on and off, each with its trial."""

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, expect_version, hold
from portal.machine import NotNow
from portal.network.options.models import NetworkOption, OptionTrial, Verdict
from portal.network.options.queries import trial_running
from portal.organisations.models import Organisation
from portal.policy import Actor


def switch_on(
    session: Session, actor: Actor, organisation: Organisation, option: NetworkOption, *, aim: str, measure: str
) -> OptionTrial:
    """Begin to try an option; its pages are there from now on. Raises `NotNow` where it is on."""
    hold(session, organisation)
    if trial_running(session, organisation.id, option) is not None:
        raise NotNow(f"{option.title} is on already.")
    trial = OptionTrial(
        organisation_id=organisation.id, option=option, aim=aim, measure=measure, begun_at=clock.now(), is_on=True
    )
    session.add(trial)
    session.flush()
    _note(session, actor, trial, "switched_on")
    return trial


def judge(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    option: NetworkOption,
    version: int | None,
    **found: object,
) -> OptionTrial:
    """Say what came of a trial (`result`) and whether the option is kept (`verdict`); stopped, it is off at once.

    Raises `NotNow` where it is off, `Conflict` if somebody else judged it meanwhile.
    """
    hold(session, organisation)
    trial = trial_running(session, organisation.id, option)
    if trial is None:
        raise NotNow(f"{option.title} is off already.")
    expect_version(trial, version)
    verdict = Verdict(found["verdict"])
    trial.result, trial.verdict, trial.judged_at = str(found["result"]), verdict, clock.now()
    trial.is_on = verdict is Verdict.KEEP
    session.flush()
    _note(session, actor, trial, "judged")
    return trial


def _note(session: Session, actor: Actor, trial: OptionTrial, event: str) -> None:
    verdict = trial.verdict.value if trial.verdict else None
    subject = ("option_trial", trial.id)
    journal.record(session, actor, f"options.{event}", subject, option=trial.option.value, verdict=verdict)
