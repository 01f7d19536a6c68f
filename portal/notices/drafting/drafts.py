"""Each notice's own fields, and the whole draft of one.

What each must hold: Procurement Regulations 2024 (SI 2024/692) reg. 16 (UK3), 17 (UK2), 18 and 19 (UK4), 24 (below
threshold), 26 (UK5), 27 (UK6), 32 (UK7), 39 (UK9), 40 (UK10) and 41 (UK11); Procurement Act 2023 s.55 (UK12) and s.70
(UK8). Regulations 17, 19, 32, 39 and 41 were read as made; of the others the fields follow the Act and guidance, so
that the official platform may ask for more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import round_of
from portal.db import clock
from portal.law.calendar import london_date, standstill
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind, standstill_is_mandatory, summaries_are_due
from portal.notices.drafting import about, contracts
from portal.notices.drafting.fields import Field, elsewhere
from portal.notices.drafting.matter import Matter
from portal.notices.duties import Duty, duties_of, footing_of
from portal.notices.models import Moment
from portal.notices.queries import award_number, dispatch_of
from portal.organisations.models import Organisation
from portal.partnerships.queries import chosen, contracts_of
from portal.web.filters import long_date, long_datetime

_REG = "Procurement Regulations 2024 reg."


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as it could be copied to the official platform now."""

    fields: tuple[Field, ...]

    @property
    def missing(self) -> list[Field]:
        """What should be known here and is not."""
        return [each for each in self.fields if each.missing]

    @property
    def known(self) -> list[Field]:
        """What it says."""
        return [each for each in self.fields if each.value]

    @property
    def elsewhere(self) -> list[Field]:
        """What is entered on the official platform."""
        return [each for each in self.fields if each.elsewhere]


def draft_of(session: Session, challenge: Challenge, duty: Duty) -> Draft:
    """A notice's every field."""
    lead = session.get_one(Organisation, challenge.lead_id)
    of = Matter(session, challenge, duty, lead, footing_of(session, challenge))
    own = _BY_KIND.get(duty.kind, _nothing)
    return Draft((*about.authority(lead), *about.subject(challenge), *own(of)))


def _nothing(_of: Matter) -> Iterator[Field]:
    yield from ()


def _round(of: Matter) -> tuple[Round | None, str]:
    """The round a tender notice announces, and the beginning of its pages' names."""
    tender = of.duty.moment is Moment.TENDER or (of.duty.moment is Moment.AMENDMENT and of.challenge.state == "tender")
    return round_of(of.session, of.challenge, RoundKind.TENDER if tender else RoundKind.CHALLENGE), "tender_" * tender


def _engagement(of: Matter) -> Iterator[Field]:
    asked = round_of(of.session, of.challenge)
    closes = long_datetime(asked.deadline) if asked else ""
    yield Field("When the engagement closes", closes, f"{_REG} 17(2)(e)", "The brief, dates", "brief.dates")
    how = "Firms answer the published challenge on this portal and may ask questions there; all answers are public."
    yield Field("How we engage", how, f"{_REG} 17(2)(f)", "The pathway")
    yield elsewhere("Events: place, day and time", f"{_REG} 17(2)(f)")


def _planned(of: Matter) -> Iterator[Field]:
    yield from about.value(of.challenge, f"{_REG} 16")
    yield elsewhere("When the tender notice is planned", f"{_REG} 16")
    told = "Published 40 days to 12 months before the tender notice, it lets tenders close after 10 days."
    yield Field("What it allows", told, "Procurement Act 2023 s.15(3) and s.54(4)", "The law")


def _tender(of: Matter) -> Iterator[Field]:
    asked, page = _round(of)
    competitive = "A competitive flexible procedure (Procurement Act 2023 s.20(2)(b))."
    yield Field("Procedure", competitive, f"{_REG} 19(2)(b)", "The release kind", "brief.route")
    yield Field("The process, in steps", _process(of.challenge), f"{_REG} 19(2)(c)", "The pathway")
    yield elsewhere("Whether there may be negotiation, and refining of criteria", f"{_REG} 19(2)(c)")
    yield about.how_many_go_on(of.session, of.challenge)
    yield from about.value(of.challenge, f"{_REG} 18(2)")
    yield about.lots(of.challenge, asked)
    yield from about.judging(asked, page)
    yield elsewhere("Estimated dates of the contract", f"{_REG} 18(2)")
    yield about.conflicts(of.challenge)
    yield _engaged(of)


def _process(challenge: Challenge) -> str:
    tender = challenge.release_kind is ReleaseKind.ENGAGEMENT
    first = "Tenders are answered on this portal" if tender else "Responses on this portal are round one"
    return f"{first}; two people open them after the deadline; assessors score them; the published ranking decides."


def _engaged(of: Matter) -> Field:
    """The engagement notice, or why there was none (Procurement Act 2023 s.17(1)(b))."""
    engaged = [each for each in duties_of(of.session, of.challenge) if each.kind is NoticeKind.UK2 and each.notice]
    told = next((each.notice.reference or each.notice.reasons for each in engaged if each.notice and each.met), None)
    if of.challenge.release_kind is not ReleaseKind.ENGAGEMENT:
        told = told or "No preliminary market engagement took place."
    source = "The notice, or the reasons given instead"
    return Field(
        "Preliminary market engagement", told or "", "Procurement Act 2023 s.17", source, "notices.of_challenge"
    )


def _small_tender(of: Matter) -> Iterator[Field]:
    asked, page = _round(of)
    yield from about.value(of.challenge, f"{_REG} 24")
    yield from about.judging(asked, page)
    yield elsewhere("Estimated dates of the contract", f"{_REG} 24")
    who = of.challenge.reserved or "Anybody: it is not reserved to small firms, social enterprises or an area."
    yield Field("Who may answer", who, f"{_REG} 24", "The brief, who may answer")


def _transparency(of: Matter) -> Iterator[Field]:
    yield from _chosen(of, f"{_REG} 26")
    ground = "A prototype, or something new made at our request (Procurement Act 2023 Sch. 5 para 2 and 3)."
    yield Field("Ground of the direct award", ground, f"{_REG} 26", "The release kind")
    why = " ".join(each for each in (of.challenge.market_gap, of.challenge.route_reason) if each)
    yield Field("Why that ground applies", why, f"{_REG} 26", "The legal route: market gap and reason", "brief.route")
    yield from about.value(of.challenge, f"{_REG} 26")
    yield about.conflicts(of.challenge)


def _chosen(of: Matter, asked_by: str) -> Iterator[Field]:
    firms = [each.organisation for each in chosen(of.session, of.challenge)]
    yield from about.firms_of(firms, asked_by, "No firm is chosen yet")


def _award(of: Matter) -> Iterator[Field]:
    yield from _chosen(of, f"{_REG} 27(2)(e)")
    yield from about.value(of.challenge, f"{_REG} 27(2)")
    if of.footing and summaries_are_due(of.footing.kind, of.footing.standing):
        sent = dispatch_of(of.session, of.challenge, award_number(of.session, of.challenge))
        told = long_datetime(sent.sent_at) if sent else ""
        yield Field("Assessment summaries sent", told, "Procurement Act 2023 s.50(3)", "The award", "notices.award")
    if of.footing and standstill_is_mandatory(of.footing.kind, of.footing.contract, of.footing.standing):
        published = of.duty.notice.published_at if of.duty.notice else None
        waiting = standstill(london_date(published or clock.now()))
        label = "Standstill ends" if published else "Standstill ends, if published today"
        told = f"{long_date(waiting.last_day)}; may sign from {long_date(waiting.may_sign_from)}"
        yield Field(label, told, "Procurement Act 2023 s.51", "Counted by the portal")
    now_chosen = {each.id for each in chosen(of.session, of.challenge)}
    for each in contracts_of(of.session, of.challenge):
        if each.response_id in now_chosen:
            yield Field(
                f"Contract with {each.organisation.name}",
                each.contract_reference,
                f"{_REG} 27(2)(c)",
                "The contract",
                "partnerships.award",
            )
    yield elsewhere("Estimated day of signing", f"{_REG} 27(2)")


def _no_award(of: Matter) -> Iterator[Field]:
    invited = [
        each for each in duties_of(of.session, of.challenge) if each.met and each.kind.begins_a_public_procurement
    ]
    told = "; ".join(f"{each.kind.legal_name} {each.notice.reference}" for each in invited if each.notice)
    yield Field("The notice that began it", told, "Procurement Act 2023 s.55(1)", "The notices", "notices.of_challenge")
    said = "No contract will be awarded after it."
    yield Field("What is decided", said, "Procurement Act 2023 s.55(2)", "The law's own words")
    yield Field(
        "Why",
        of.challenge.end_reason,
        "Our policy: the Act asks for no reason",
        "The move that ends it",
        "pathways.progress",
    )


_BY_KIND: dict[NoticeKind, Callable[[Matter], Iterator[Field]]] = {
    NoticeKind.UK2: _engagement,
    NoticeKind.UK3: _planned,
    NoticeKind.UK4: _tender,
    NoticeKind.BELOW_THRESHOLD_TENDER: _small_tender,
    NoticeKind.UK5: _transparency,
    NoticeKind.UK6: _award,
    NoticeKind.UK7: contracts.details,
    NoticeKind.UK8: contracts.payment,
    NoticeKind.UK9: contracts.performance,
    NoticeKind.UK10: contracts.change,
    NoticeKind.UK11: contracts.termination,
    NoticeKind.UK12: _no_award,
}
