"""A form for each part of the brief: from the part's plain value to the page, and from the page to a new value."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField, ValidationError
from wtforms.validators import AnyOf, InputRequired, Optional

from portal.challenges.asking import Effort, effort_of
from portal.challenges.forms.fields import choices, line, number, prose
from portal.challenges.social import BY_KEY, OUTCOMES
from portal.law.money import Vat
from portal.law.thresholds import ContractKind
from portal.web.forms import GovDateField, GovDateTimeField, MoneyField, PortalForm, VersionField

Value = dict[str, Any]


class PartForm(PortalForm):
    """A form that shows a part's value and answers a new one. `version` is the digest of what was shown."""

    template: ClassVar[str] = "challenges/brief_text.html"
    version = VersionField()

    @staticmethod
    def shown(value: Value) -> Value:
        """A part's value as the fields take it."""
        return value

    def value(self) -> Value:
        """The part's new value."""
        raise NotImplementedError


class RowForm(PortalForm):
    """One row of a list inside a form; the token is the form's."""

    class Meta(PortalForm.Meta):
        csrf = False


class SummaryForm(PartForm):
    """How the challenge is called in lists."""

    template = "challenges/brief_summary.html"
    title = line("Title", 160, "Give the challenge a title")
    summary = prose("Summary", "Write a summary", "A sentence or two: what firms see in lists.", 400)
    theme = line("Theme", 60, "", "One or two words by which firms look for it, such as transport or housing")

    def value(self) -> Value:
        """Title, summary and theme."""
        return {"title": self.title.data, "summary": self.summary.data, "theme": self.theme.data or ""}


class SectionForm(PartForm):
    """A section in rich text. What was imported stays HTML; what people type is Markdown."""

    source = prose("Text")
    format = HiddenField("Format", [AnyOf(["markdown", "html"])], default="markdown")

    def value(self) -> Value:
        """The source and its format; an emptied section is Markdown again."""
        return {"source": self.source.data or "", "format": self.format.data if self.source.data else "markdown"}


class MustHavesForm(PartForm):
    """One sentence a line."""

    template = "challenges/brief_must_haves.html"
    texts = prose(
        "What must a solution do?", "Write at least one", "One sentence on each line, the most important first."
    )

    @staticmethod
    def shown(value: Value) -> Value:
        """The sentences, a line each."""
        return {"texts": "\n".join(value["texts"])}

    def value(self) -> Value:
        """The lines that say something."""
        lines = (text.strip() for text in (self.texts.data or "").splitlines())
        return {"texts": [text for text in lines if text]}

    def validate_texts(self, field: Any) -> None:
        """Short sentences, and not fifty of them."""
        texts = self.value()["texts"]
        if len(texts) > 30:
            raise ValidationError("Keep to 30 at most: what is only nice to have belongs in the text")
        if any(len(text) > 500 for text in texts):
            raise ValidationError("Keep each sentence under 500 characters")


class StageForm(RowForm):
    """What one stage pays and asks."""

    stage = HiddenField()
    pays_pence = MoneyField("Paid to each firm", [Optional()])
    hours = number("Hours of a firm's time", most=10_000)

    @property
    def number(self) -> int:
        """The number of the stage; 0 where somebody tampered with it."""
        text = str(self.stage.data)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


class DealForm(PartForm):
    """The deal in one box."""

    template = "challenges/brief_deal.html"
    stages = FieldList(FormField(StageForm), max_entries=10)
    go_on_count = number("How many firms go on after the first round of judging?", least=1, most=1_000)
    decision_on = GovDateField("When do firms hear your decision?", [Optional()])
    intellectual_property = prose(
        "Who keeps the ideas (intellectual property)?",
        "",
        "For example: you keep them; we may use what you make here.",
        600,
    )
    if_unfunded = prose("What happens if no money is found?", "", "What firms keep, and can still expect.", 600)

    @staticmethod
    def shown(value: Value) -> Value:
        """The value with its date."""
        return value | {"decision_on": date.fromisoformat(value["decision_on"]) if value["decision_on"] else None}

    def value(self) -> Value:
        """Stages of which nothing was said are left out: that is not the same as unpaid."""
        said = [row.form for row in self.stages if row.form.pays_pence.data is not None and row.form.number]
        return {
            "go_on_count": self.go_on_count.data,
            "decision_on": self.decision_on.data.isoformat() if self.decision_on.data else None,
            "intellectual_property": self.intellectual_property.data or "",
            "if_unfunded": self.if_unfunded.data or "",
            "stages": [
                {"stage": row.number, "pays_pence": row.pays_pence.data, "hours": row.hours.data or 0} for row in said
            ],
        }


class CriterionForm(RowForm):
    """A criterion, the question it asks, and what its scores mean."""

    id = HiddenField()
    name = line("Name", 120, "Give the criterion a name", "For example: how well it meets the need")
    question = prose("The question firms answer", "Write the question firms answer", "", 1_000)
    description = prose("What you will look for", "", "Anything that helps a firm to answer well.", 2_000)
    social_outcome = HiddenField()
    example = prose("An example of an answer", "", "Firms see it beside their answer. It shows what is enough.", 1_000)
    word_limit = number("Word limit", least=50, most=3_000, missing="Enter a word limit")
    weight = number("Points of 100", least=1, most=100, missing="Enter how many points of 100 it is worth")
    reason = prose(
        "Why must this be asked too?",
        "",
        "Firms read your reason. Each further question costs all of them time.",
        600,
    )
    by_price = BooleanField("It is about the price, which nobody sees before all other scores are locked")
    price_judged = BooleanField("People judge the price; no formula does")
    score_0 = prose("0", most=600)
    score_1 = prose("1", most=600)
    score_2 = prose("2", most=600)
    score_3 = prose("3", most=600)
    score_4 = prose("4", most=600)
    score_5 = prose("5", most=600)

    def validate_by_price(self, field: Any) -> None:
        """Social value is judged on what is said, never by pounds."""
        if field.data and self.outcome:
            raise ValidationError("Social value is judged on what a firm says will change, and never on a price")

    def validate_price_judged(self, field: Any) -> None:
        """Only a price has an envelope that some people open."""
        if field.data and not self.by_price.data:
            raise ValidationError("Tick that it is about the price, too")

    @property
    def outcome(self) -> str:
        """The key of the outcome of social value it asks for; empty for none, and where somebody tampered with it."""
        key = str(self.social_outcome.data or "")
        return key if key in BY_KEY else ""

    def said(self) -> Value:
        """The criterion as part of the value."""
        key = str(self.id.data or "")
        return {
            "id": int(key) if key.isascii() and key.isdigit() and len(key) < 10 else None,
            "name": self.name.data or "",
            "question": self.question.data or "",
            "description": self.description.data or "",
            "word_limit": self.word_limit.data,
            "weight": self.weight.data,
            "reason": self.reason.data or "",
            "social_outcome": self.outcome,
            "example": self.example.data or "",
            "by_price": bool(self.by_price.data),
            "price_judged": bool(self.by_price.data and self.price_judged.data),
            "scores": [self[f"score_{score}"].data or "" for score in range(6)],
        }


class CriteriaForm(PartForm):
    """All criteria on one page, and how scores come together."""

    template = "challenges/brief_criteria.html"
    criteria = FieldList(FormField(CriterionForm), max_entries=15)
    scoring = RadioField(
        "How do several scores become one?",
        choices=choices([("mean", "Their average"), ("consensus", "They agree on one")]),
    )
    quorum = number("How many people score each answer?", least=1, most=10, missing="Enter how many people score")
    spread_limit = number("How far apart may scores be before people meet?", least=1, most=5, missing="Enter a number")
    minimum_percent = number("How many points of 100 must a firm reach to go on?", most=100, missing="Enter a number")

    pick = SelectField(
        "Which outcome?",
        choices=choices([("", "Choose an outcome"), *((each.key, each.name) for each in OUTCOMES)]),
        default="",
    )
    blind = BooleanField("Assessors read without the names of firms (blind)")

    @staticmethod
    def shown(value: Value) -> Value:
        """The value with each score's meaning in a field of its own."""
        rows = [
            each | {f"score_{score}": text for score, text in enumerate(each["scores"])} for each in value["criteria"]
        ]
        return value | {"criteria": rows}

    def value(self) -> Value:
        """Every criterion in its order."""
        return {
            "scoring": self.scoring.data,
            "quorum": self.quorum.data,
            "spread_limit": self.spread_limit.data,
            "minimum_percent": self.minimum_percent.data,
            "blind": bool(self.blind.data),
            "criteria": [row.form.said() for row in self.criteria],
        }

    @property
    def effort(self) -> Effort:
        """What the whole form costs a firm, as it stands on the page."""
        return effort_of((row.form.name.data or "A question", row.form.word_limit.data or 0) for row in self.criteria)

    @property
    def total(self) -> int:
        """The points given away so far."""
        return sum(row.form.weight.data or 0 for row in self.criteria)

    def validate_criteria(self, field: Any) -> None:
        """Two criteria of one name could not be told apart in an amendment."""
        names = [str(row.form.name.data or "").casefold() for row in field if row.form.name.data]
        if len(names) != len(set(names)):
            raise ValidationError("Give each criterion a name of its own")
        if field.entries and all(row.form.by_price.data for row in field):
            raise ValidationError("People have to score one criterion at least: not all can be about the price")


class DatesForm(PartForm):
    """Until when firms may ask, and until when they may answer."""

    template = "challenges/brief_dates.html"
    questions_until = GovDateTimeField(
        "Until when can firms ask questions?", [InputRequired("Enter until when firms can ask questions")]
    )
    deadline = GovDateTimeField("Until when can firms answer? (deadline)", [InputRequired("Enter the deadline")])

    @staticmethod
    def shown(value: Value) -> Value:
        """The value with its moments."""
        return {name: datetime.fromisoformat(text) if text else None for name, text in value.items()}

    def value(self) -> Value:
        """Both moments in UTC."""
        return {name: self[name].data.astimezone(UTC).isoformat() for name in ("questions_until", "deadline")}

    def validate_questions_until(self, field: Any) -> None:
        """Answers have to come in time to be of use."""
        if field.data and self.deadline.data and field.data >= self.deadline.data:
            raise ValidationError("Questions have to close before the deadline")


class ValueForm(PartForm):
    """What kind of thing is bought, and the most it could cost."""

    template = "challenges/brief_value.html"
    contract_kind = RadioField(
        "What kind of thing may be bought in the end?",
        choices=choices([(kind.value, kind.title) for kind in ContractKind]),
        validators=[InputRequired("Say what kind of thing is bought")],
    )
    estimated_pence = MoneyField("The contract itself", [InputRequired("Enter your best estimate")])
    option_pence = MoneyField("Everything you may add later (options)", [Optional()])
    participant_pence = MoneyField("Everything paid to firms that take part on the way", [Optional()])
    vat = RadioField(
        "These amounts are",
        choices=choices([(basis.value, basis.title) for basis in Vat]),
        validators=[InputRequired("Say whether the amounts include VAT")],
    )

    def value(self) -> Value:
        """The kind and the amounts; an empty box is nothing to pay."""
        return {
            "contract_kind": self.contract_kind.data,
            "vat": self.vat.data,
            "estimated_pence": self.estimated_pence.data,
            "option_pence": self.option_pence.data or 0,
            "participant_pence": self.participant_pence.data or 0,
        }


class RouteForm(PartForm):
    """What the release is in law."""

    template = "challenges/brief_route.html"
    release_kind = RadioField("What is the release in law?", validators=[InputRequired("Choose what the release is")])
    market_gap = prose(
        "What does the market not offer yet? (market gap)",
        "Say what the market does not offer yet",
        "What you looked at, and why it does not do. This is why a challenge is right and an ordinary purchase is not.",
    )
    advertised = BooleanField("Anyone may answer (it is advertised)")
    purchase_announced = BooleanField("If it works, we may buy it in quantity under the same contract")
    route_reason = prose(
        "Your reasons", "", "Why this route. Needed where there is no competition; useful in every file."
    )

    def value(self) -> Value:
        """The kind with its grounds."""
        return {
            "release_kind": self.release_kind.data,
            "advertised": bool(self.advertised.data),
            "purchase_announced": bool(self.purchase_announced.data),
            "market_gap": self.market_gap.data or "",
            "route_reason": self.route_reason.data or "",
        }


class LotForm(RowForm):
    """A part that can be answered by itself."""

    title = line("What is it called?", 160)
    description = prose("What is in it?", most=2_000)


class LotsForm(PartForm):
    """Lots, or why there are none."""

    template = "challenges/brief_lots.html"
    divided = RadioField(
        "Can firms answer a part of it?",
        choices=choices([("no", "No, it is one whole"), ("yes", "Yes, in lots")]),
        validators=[InputRequired("Say whether firms can answer a part")],
    )
    reason = prose("Why is it one whole?", "", "For example: the parts only work together.", 2_000)
    lots = FieldList(FormField(LotForm), max_entries=12)

    @staticmethod
    def shown(value: Value) -> Value:
        """The lots with two empty rows to fill in."""
        divided = "yes" if value["lots"] else "no" if value["reason"] else None
        blank = [{"title": "", "description": ""}] * 2
        return value | {"divided": divided, "lots": [*value["lots"], *blank]}

    def value(self) -> Value:
        """The lots that have a name; none where it is one whole."""
        named = [row.form for row in self.lots if row.form.title.data] if self.divided.data == "yes" else []
        return {
            "reason": self.reason.data or "",
            "lots": [{"title": row.title.data, "description": row.description.data or ""} for row in named],
        }

    def validate_divided(self, field: Any) -> None:
        """Lots need two of them, one whole needs its reason."""
        if field.data == "yes" and len(self.value()["lots"]) < 2:
            raise ValidationError("Name at least two lots, or choose one whole")

    def validate_reason(self, field: Any) -> None:
        """The law asks for the reason (Procurement Act 2023 s.18)."""
        if self.divided.data == "no" and not field.data:
            raise ValidationError("Say why it is one whole")


FORMS: dict[str, type[PartForm]] = {
    "summary": SummaryForm,
    "must_haves": MustHavesForm,
    "deal": DealForm,
    "criteria": CriteriaForm,
    "dates": DatesForm,
    "value": ValueForm,
    "route": RouteForm,
    "lots": LotsForm,
}


def form_for(key: str) -> type[PartForm]:
    """The form of a part; every section has the same one."""
    return FORMS.get(key, SectionForm)
