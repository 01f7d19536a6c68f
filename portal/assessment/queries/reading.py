"""What an assessor reads of a response: the copy that counts, without what the brief keeps from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.assessment.models import Assignment, PanelMember, PricesOpened, ScoresOpened
from portal.assessment.queries.inside import to_be_scored
from portal.challenges.models import Criterion, Round
from portal.organisations.models import Organisation
from portal.responses.content import Enclosed, content_of
from portal.responses.models import Response, ResponseMember
from portal.responses.queries import latest_snapshot, latest_snapshots
from portal.responses.sections import PRICE, criterion_key

_HIDDEN = "[name hidden]"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a firm submitted, as assessors read it: the last snapshot and nothing else."""

    sections: dict[str, str]
    price_pence: int | None
    files: tuple[Enclosed, ...]

    def on(self, criterion: Criterion) -> str:
        """The firm's words on one criterion."""
        return self.sections.get(f"criterion-{criterion.id}", "")


def coded(sheet: Assignment) -> str:
    """What a response is called where it is read blind."""
    return f"Response {sheet.code}"


def firm_names(session: Session, response: Response) -> list[str]:
    """The firms that stand behind a response, its lead first: all that a conflict check may show."""
    rows = session.execute(
        select(Organisation.id, Organisation.name)
        .join(ResponseMember, ResponseMember.organisation_id == Organisation.id)
        .where(ResponseMember.response_id == response.id, ResponseMember.accepted_at.is_not(None))
        .order_by(ResponseMember.id)
    )
    return [name for _, name in sorted(rows, key=lambda row: row[0] != response.organisation_id)]


def others_named(session: Session, response: Response) -> tuple[str, ...]:
    """Who will work on it without standing behind the response (subcontractors), as it was submitted."""
    latest = latest_snapshot(session, response)
    return content_of(latest).others if latest else ()


def submission(session: Session, response: Response) -> Submission:
    """The last snapshot of a response. Drafts are never read here."""
    latest = latest_snapshot(session, response)
    if latest is None:
        return Submission({}, None, ())
    content = content_of(latest)
    return Submission(
        {each.key: each.text for each in content.sections if each.text}, content.price_pence, content.files
    )


def firms_in(session: Session, asked: Round) -> list[tuple[str, str]]:
    """Every response that may be read in a round, by reference, with everybody named in it, by their names."""
    responses = session.scalars(to_be_scored(asked)).all()
    rows = session.execute(
        select(ResponseMember.response_id, Organisation.name)
        .join(Organisation, Organisation.id == ResponseMember.organisation_id)
        .where(ResponseMember.response_id.in_([each.id for each in responses]), ResponseMember.accepted_at.is_not(None))
        .order_by(ResponseMember.id)
    ).all()
    named = {each.id: [each.organisation.name] for each in responses}
    for response, name in rows:
        if name not in named[response]:
            named[response].append(name)
    for key, snapshot in latest_snapshots(session, responses).items():
        named[key] += content_of(snapshot).others
    return sorted(((each.reference, ", with ".join(named[each.id])) for each in responses), key=lambda pair: pair[1])


def names_on(session: Session, sheet: Assignment) -> list[str]:
    """What an assessor calls the response of a sheet: the firms behind it, or its code where it is read blind."""
    return [coded(sheet)] if sheet.round.blind else firm_names(session, sheet.response)


def reading_of(session: Session, sheet: Assignment) -> Submission:
    """The response of a sheet as its assessor reads it.

    Where the price is a separate envelope, neither the price nor what is said of it is read: a sheet on the price
    holds that and nothing else, and not even that while anybody still judges the rest. Where it is read blind, the
    firms' names are taken out of the text, and files are called by their number.
    """
    said, envelope = submission(session, sheet.response), _envelope_of(session, sheet.round_id)
    if sheet.price:
        closed = sheet.quality_unlocked(session)
        kept = {} if closed else {key: text for key, text in said.sections.items() if key in envelope}
        said = Submission(kept, None if closed else said.price_pence, ())
    elif envelope:
        said = Submission({key: text for key, text in said.sections.items() if key not in envelope}, None, said.files)
    if not sheet.round.blind:
        return said
    names = [*firm_names(session, sheet.response), *others_named(session, sheet.response)]
    sections = {key: without_names(text, names) for key, text in said.sections.items()}
    return Submission(sections, said.price_pence, tuple(_numbered(said.files)))


def _envelope_of(session: Session, round_id: int) -> frozenset[str]:
    """The sections of a response that belong to the price's envelope; none where it is no envelope of its own."""
    priced = session.scalars(select(Criterion.id).where(Criterion.round_id == round_id, Criterion.by_price)).all()
    return frozenset({PRICE, *map(criterion_key, priced)} if priced else ())


def price_is_closed(session: Session, response: Response, person_id: int | None) -> bool:
    """Whether the price's envelope of an opened response is closed to somebody who reads as an insider.

    It is until prices are opened to those who judge them or, where a formula does, until the scores are opened; and
    whoever judged the rest of the round is never shown it, because what they gave could still be talked about.
    """
    if not _envelope_of(session, response.round_id):
        return False
    acts = (PricesOpened, ScoresOpened)
    if not any(session.scalars(select(act.id).where(act.round_id == response.round_id)).first() for act in acts):
        return True
    judges_the_rest = exists().where(
        PanelMember.round_id == response.round_id, PanelMember.person_id == person_id, ~PanelMember.judges_price
    )
    return bool(session.scalar(select(judges_the_rest)))


def without_names(text: str, names: Iterable[str]) -> str:
    """A text in which none of the names is left, however it is written in capitals or spaced."""
    for name in sorted(names, key=len, reverse=True):
        if words := [re.escape(word) for word in name.split()]:
            text = re.sub(r"\s+".join(words), _HIDDEN, text, flags=re.IGNORECASE)
    return text


def _numbered(files: Iterable[Enclosed]) -> Iterable[Enclosed]:
    for number, file in enumerate(files, start=1):
        dot, ending = file.name.rpartition(".")[1:]
        yield Enclosed(file.reference, f"File {number}{dot}{ending if dot else ''}", file.size, file.digest)


def reads_on_a_sheet_only(session: Session, response: Response, person_id: int | None) -> bool:
    """Whether somebody may read a response on their own sheet and nowhere else.

    Whoever assesses in a round reads there until the scores are opened, so that the conflict check, the codes and the
    price's envelope hold for them on every page; and never again what they stood down from.
    """
    sheets = select(Assignment.id).where(Assignment.round_id == response.round_id, Assignment.person_id == person_id)
    opened = exists().where(ScoresOpened.round_id == response.round_id)
    barred = sheets.where(~opened | ((Assignment.response_id == response.id) & (Assignment.state == "recused")))
    return session.scalars(barred.limit(1)).first() is not None
