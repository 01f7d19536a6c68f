"""A brief made ready to be shown: the same for the preview inside, the public page and every published version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.challenges import brief_content
from portal.challenges.asking import Effort, effort_of
from portal.challenges.models import BriefVersion, Challenge, RoundKind, ScoringMethod
from portal.challenges.pathway import Pathway
from portal.challenges.sections import BY_KEY, DEAL_STAGES
from portal.challenges.social import HOW_JUDGED
from portal.law.money import Vat, pounds
from portal.law.releases import ReleaseKind


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section's heading and its cleaned HTML."""

    key: str
    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class DealStageView:
    """What one stage asks and pays."""

    stage: int
    title: str
    pays_pence: int
    hours: int

    @property
    def words(self) -> str:
        """Paid or unpaid, and how long it takes."""
        pays = f"{pounds(self.pays_pence)} for each firm" if self.pays_pence else "Unpaid"
        if not self.hours:
            return pays
        return f"{pays}; we expect about {self.hours:,} {'hour' if self.hours == 1 else 'hours'} of your time"


@dataclass(frozen=True, slots=True)
class DealView:
    """The deal in one box; None and empty texts where nothing has been said yet."""

    stages: tuple[DealStageView, ...]
    go_on_count: int | None
    decision_on: date | None
    intellectual_property: str
    if_unfunded: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The box's lines: what firms are told, and that something is not decided where it is not."""
        goes_on = f"{self.go_on_count:,} {'firm' if self.go_on_count == 1 else 'firms'}" if self.go_on_count else ""
        decision = f"{self.decision_on.day} {self.decision_on:%B %Y}" if self.decision_on else ""
        said = (
            *((stage.title, stage.words) for stage in self.stages),
            ("How many firms go on", goes_on),
            ("You hear our decision by", decision),
            ("Who keeps the ideas (intellectual property)", self.intellectual_property),
            ("If no money is found", self.if_unfunded),
        )
        return tuple((key, value or "Not decided yet") for key, value in said)


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion, the question it asks of firms, and the meaning of its scores, lowest first.

    `reason` says why it is asked although the form already has its standard questions; empty for those. `example` is
    an answer as it could be; `is_social` where it asks for an outcome of social value.
    """

    name: str
    description: str
    question: str
    word_limit: int
    weight: int
    max_score: int
    descriptors: tuple[tuple[int, str], ...]
    reason: str
    example: str = ""
    is_social: bool = False


@dataclass(frozen=True, slots=True)
class LotView:
    """A part of the need that can be answered by itself."""

    number: int
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class BriefView:
    """Everything a brief says. `lots` is empty where there is only one, `reserved` where anybody may answer."""

    is_tender: bool
    title: str
    summary: str
    theme: str
    lead: str
    joint: tuple[str, ...]
    partners: tuple[str, ...]
    sections: tuple[SectionView, ...]
    must_haves: tuple[str, ...]
    reserved: str
    deal: DealView | None
    lots: tuple[LotView, ...]
    criteria: tuple[CriterionView, ...]
    judging: tuple[str, ...]
    questions_until: datetime | None
    deadline: datetime | None
    release_kind: ReleaseKind | None
    worth: str
    purchase: str

    def section(self, key: str) -> SectionView | None:
        """One section by its key, or None where it was not written."""
        return next((section for section in self.sections if section.key == key), None)

    @property
    def effort(self) -> Effort:
        """What the whole form costs a firm."""
        return effort_of((each.name, each.word_limit) for each in self.criteria)


def live(session: Session, challenge: Challenge, kind: RoundKind = RoundKind.CHALLENGE) -> BriefView:
    """The brief as its rows stand now: what would be published this minute."""
    return view_of(brief_content.content_of(session, challenge, kind))


def published(version: BriefVersion) -> BriefView:
    """The brief as it was published in one version."""
    return view_of(brief_content.read(version))


def view_of(content: dict[str, Any]) -> BriefView:
    """Make a content ready to be shown."""
    return BriefView(
        is_tender=content["round"] == RoundKind.TENDER.value,
        title=content["title"],
        summary=content["summary"],
        theme=content["theme"],
        lead=content["lead"],
        joint=tuple(content["joint"]),
        partners=tuple(content["partners"]),
        # Cleaned when it was saved, by the one allow-list (portal.text.rich).
        sections=tuple(
            SectionView(each["key"], BY_KEY[each["key"]].title, Markup(each["html"]))  # noqa: S704
            for each in content["sections"]
        ),
        must_haves=tuple(content["must_haves"]),
        reserved=content.get("reserved", ""),
        deal=_deal(content["deal"], Pathway(content["pathway"])),
        lots=_lots(content["lots"]),
        criteria=tuple(_criterion(each) for each in content["criteria"]),
        judging=_judging(content["judging"], content["criteria"]),
        questions_until=_moment(content["questions_until"]),
        deadline=_moment(content["deadline"]),
        release_kind=ReleaseKind(content["release_kind"]) if content["release_kind"] else None,
        worth=_worth(content),
        purchase=_purchase(content["purchase_announced"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _deal(deal: dict[str, Any] | None, pathway: Pathway) -> DealView | None:
    if deal is None:
        return None
    titles = DEAL_STAGES[pathway]
    return DealView(
        stages=tuple(
            DealStageView(each["stage"], titles[each["stage"]], each["pays_pence"], each["hours"])
            for each in deal["stages"]
            if each["stage"] in titles
        ),
        go_on_count=deal["go_on_count"],
        decision_on=date.fromisoformat(deal["decision_on"]) if deal["decision_on"] else None,
        intellectual_property=deal["intellectual_property"],
        if_unfunded=deal["if_unfunded"],
    )


def _lots(lots: list[dict[str, Any]]) -> tuple[LotView, ...]:
    if len(lots) < 2:
        return ()
    return tuple(LotView(each["number"], each["title"], each["description"]) for each in lots)


def _criterion(each: dict[str, Any]) -> CriterionView:
    return CriterionView(
        name=each["name"],
        description=each["description"],
        question=each["question"],
        word_limit=each["word_limit"],
        weight=each["weight"],
        max_score=each["max_score"],
        descriptors=tuple((one["score"], one["text"]) for one in each["descriptors"]),
        reason=each.get("reason", ""),
        example=each.get("example", ""),
        is_social=bool(each.get("social_outcome")),
    )


def _judging(judging: dict[str, Any] | None, criteria: list[dict[str, Any]]) -> tuple[str, ...]:
    """How answers become scores, in sentences."""
    if judging is None:
        return ()
    assessors = (
        f"At least {judging['quorum']} people read every answer" if judging["quorum"] > 1 else "One person reads"
    )
    method = {
        ScoringMethod.MEAN.value: "The score of a criterion is the average of theirs.",
        ScoringMethod.CONSENSUS.value: "Then they meet and agree on one score for each criterion.",
    }
    names = ("They read without the names of firms.",) if judging.get("blind") else ()
    return (
        f"{assessors} and score it alone.",
        *names,
        *_on_social_value(criteria),
        *_on_the_price(criteria),
        f"Where two scores are more than {judging['spread_limit']} apart, they meet and look again.",
        method[judging["scoring"]],
        f"Nobody goes on with less than {judging['minimum_percent']} of 100 points.",
    )


def _on_social_value(criteria: list[dict[str, Any]]) -> list[str]:
    """How outcomes of social value are judged, in one sentence however many there are."""
    asked = " and ".join(each["name"] for each in criteria if each.get("social_outcome"))
    return [f"{asked} (social value): {HOW_JUDGED}"] if asked else []


def _on_the_price(criteria: list[dict[str, Any]]) -> list[str]:
    """How the price becomes a score: by the formula, or by people who read nothing else."""
    priced = [each for each in criteria if each.get("by_price")]
    by_formula = " and ".join(each["name"] for each in priced if not each.get("price_judged"))
    by_people = " and ".join(each["name"] for each in priced if each.get("price_judged"))
    said = []
    if by_formula:
        said.append(
            f"{by_formula}: worked out from the price, which nobody sees before all other scores are locked. The "
            "lowest price gets the highest score, every other the part of it that the lowest price is of its own."
        )
    if by_people:
        said.append(
            f"{by_people}: judged by people who read the price and nothing else, once all other scores are locked. "
            "Nobody sees a price before."
        )
    return said


def _worth(content: dict[str, Any]) -> str:
    """The estimated value in one sentence; empty while nobody has estimated it."""
    if content["estimated_pence"] is None:
        return ""
    basis = {Vat.INCLUSIVE: "including VAT", Vat.EXCLUSIVE: "before VAT", Vat.NOT_APPLICABLE: "no VAT is due"}
    said = f"About {pounds(content['estimated_pence'])}, {basis[Vat(content['vat'])]}"
    more = []
    if content["option_pence"]:
        more.append(f"up to {pounds(content['option_pence'])} more if everything we may add is bought")
    if content["participant_pence"]:
        more.append(f"{pounds(content['participant_pence'])} for firms that take part on the way")
    return f"{said}, with {' and '.join(more)}." if more else f"{said}."


def _purchase(announced: bool) -> str:
    if announced:
        return "If it works, we may buy it in quantity under the same contract."
    return "This does not include buying in quantity. That would be a new procurement."
