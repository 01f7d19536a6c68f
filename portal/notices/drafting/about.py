"""The fields that many notices have in common: who buys, what, for how much, from whom, and how it is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Deal, Round
from portal.challenges.standing import value_of
from portal.law.money import pounds, with_vat
from portal.notices.drafting.fields import Field, elsewhere
from portal.organisations.models import Organisation, SupplierKind
from portal.partnerships.models import Partnership
from portal.web.filters import long_date, long_datetime, plural

_REG = "Procurement Regulations 2024 reg."
_SME_STAFF = 250
_SOCIAL = frozenset({SupplierKind.SOCIAL_ENTERPRISE, SupplierKind.CHARITY, SupplierKind.CO_OPERATIVE})


def authority(lead: Organisation) -> Iterator[Field]:
    """The contracting authority information (Procurement Regulations 2024 reg. 13)."""
    yield Field("Contracting authority", lead.name, f"{_REG} 13", "The body that leads the challenge")
    yield Field(
        "Its unique identifier (PPON)",
        lead.ppon or "",
        f"{_REG} 13",
        "The body's page, kept by its administrators",
        endpoint="organisations.manage",
        values=(("reference", lead.reference),),
    )
    yield elsewhere("Its contact address and e-mail", f"{_REG} 13")


def subject(challenge: Challenge) -> Iterator[Field]:
    """Title, identifier and subject-matter (reg. 14)."""
    yield Field(
        "Title of the procurement",
        challenge.title,
        "Procurement Regulations 2024 regs. 17 to 41",
        "The challenge",
        "brief.summary",
    )
    yield Field("Our reference", challenge.reference, f"{_REG} 8", "The portal")
    yield elsewhere(
        "Its unique identifier (ocid)", f"{_REG} 8", "The official platform gives it with the first notice."
    )
    yield Field("What is needed, in short", challenge.summary, f"{_REG} 14", "The brief", "brief.summary")
    kind = challenge.contract_kind.title if challenge.contract_kind else ""
    yield Field("Goods, services or works", kind, f"{_REG} 14", "The brief, what is bought", "brief.value")
    yield elsewhere("CPV codes and the place of delivery", f"{_REG} 14")


def value(challenge: Challenge, asked_by: str) -> Iterator[Field]:
    """The estimated value with VAT, and what of it are options (Procurement Act 2023 Sch. 3)."""
    found = value_of(challenge)
    told = pounds(found) if found is not None else ""
    source = "The brief: estimate, options and payments to participants, VAT included"
    yield Field("Estimated value with VAT", told, asked_by, source, "brief.value")
    if challenge.option_pence:
        option = pounds(with_vat(challenge.option_pence, challenge.vat))
        yield Field("Of that, options", option, asked_by, "The brief, what is bought", "brief.value")
    announced = "Yes, announced" if challenge.purchase_announced else "No"
    yield Field("Option to buy the finished thing", announced, asked_by, "The legal route", "brief.route")


def lots(challenge: Challenge, asked: Round | None) -> Field:
    """The lots, or the reasons why there are none (Procurement Act 2023 s.18(2))."""
    if asked is not None and len(asked.lots) > 1:
        told = "; ".join(f"{each.number}. {each.title}" for each in asked.lots)
        return Field("Lots", told, "Procurement Act 2023 s.18", "The brief, lots", "brief.lots")
    return Field(
        "Why it is not divided into lots",
        challenge.lots_reason,
        "Procurement Act 2023 s.18(2)",
        "The brief, lots",
        "brief.lots",
    )


def judging(asked: Round | None, page: str) -> Iterator[Field]:
    """Dates and award criteria of the round that is announced (Procurement Act 2023 s.23, s.54)."""
    moments = (asked.questions_until, asked.deadline) if asked else (None, None)
    labels = ("Questions until", "Responses until")
    for label, moment in zip(labels, moments, strict=True):
        yield Field(
            label,
            long_datetime(moment),
            "Procurement Regulations 2024 regs. 18(2) and 19(2)",
            "The brief, dates",
            f"brief.{page}dates",
        )
    told = "; ".join(f"{each.name}: {each.weight}%" for each in asked.criteria) if asked else ""
    yield Field(
        "Award criteria and weights", told, "Procurement Act 2023 s.23", "The brief, criteria", f"brief.{page}criteria"
    )
    if asked:
        method = f"Each criterion is scored by at least {asked.quorum} assessors; {asked.scoring.value} of their scores"
        told = f"{method}. A response needs {asked.minimum_percent}% in all."
        yield Field("How criteria are assessed", told, "Procurement Act 2023 s.23(3)", "The brief, criteria")


def how_many_go_on(session: Session, challenge: Challenge) -> Field:
    """The intended maximum number of suppliers that go on (reg. 19(2)(d))."""
    most = session.scalars(select(Deal.go_on_count).where(Deal.challenge_id == challenge.id)).first()
    told = f"At most {most}; the published ranking decides" if most else ""
    return Field("How many firms go on", told, f"{_REG} 19(2)(d)", "The deal in the brief", "brief.deal")


def conflicts(challenge: Challenge) -> Field:
    """That a conflicts assessment was prepared and kept under review (Procurement Act 2023 s.83)."""
    told = (
        f"Prepared, last looked at {long_date(challenge.conflicts_assessed_at)}"
        if challenge.conflicts_assessed_at
        else ""
    )
    return Field(
        "Conflicts assessment", told, "Procurement Act 2023 s.83(5)", "The register of interests", "brief.conflicts"
    )


@dataclass(frozen=True, slots=True)
class Firm:
    """A supplier as notices name it."""

    organisation: Organisation

    def fields(self, asked_by: str) -> Iterator[Field]:
        """Its name, identifier and kind."""
        firm = self.organisation
        yield Field("Supplier", firm.name, asked_by, "The response that was chosen")
        number = firm.ppon or (f"Companies House {firm.company_number}" if firm.company_number else "")
        source = "The firm's page; the firm enters it there" if not number else "The firm's page"
        yield Field(f"Unique identifier of {firm.name}", number, asked_by, source, "notices.award")
        yield Field(f"What {firm.name} is", _size(firm), asked_by, "What the firm says of itself", "notices.award")
        yield elsewhere(f"Contact address of {firm.name}", asked_by)


def _size(firm: Organisation) -> str:
    said = []
    if firm.headcount is not None:
        small = firm.headcount < _SME_STAFF
        said.append("Small or medium-sized by its staff" if small else "Not small or medium-sized")
    if firm.supplier_kind in _SOCIAL:
        said.append("voluntary, community or social enterprise")
    return "; ".join(said)


def contract(held: Partnership, challenge: Challenge, asked_by: str) -> Iterator[Field]:
    """The contract's own facts: identifier, value, dates."""
    page = "partnerships.award"
    yield Field("Contract", held.contract_reference, asked_by, "The contract", page)
    pence = held.value_pence
    told = pounds(with_vat(pence, challenge.vat)) if pence is not None else ""
    yield Field("Its value with VAT", told, asked_by, "The contract", page)
    yield Field("Signed on", long_date(held.signed_on), asked_by, "The contract", page)
    yield Field("Runs", _runs(held), asked_by, "The contract's phases", page)


def _runs(held: Partnership) -> str:
    if not held.phases:
        return ""
    first, last = min(each.starts_on for each in held.phases), max(each.ends_on for each in held.phases)
    return f"{long_date(first)} to {long_date(last)}, in {plural(len(held.phases), 'phase')}"


def firms_of(organisations: Sequence[Organisation], asked_by: str, missing: str) -> Iterator[Field]:
    """Every chosen firm; one missing field where none is chosen yet."""
    if not organisations:
        yield Field("Supplier", "", asked_by, missing, "assessment.panel")
    for each in organisations:
        yield from Firm(each).fields(asked_by)
