"""A challenge and everything that happens to it, in the order in which it happens."""

from dataclasses import dataclass

from portal.demo.shapes.awards import Award
from portal.demo.shapes.partnerships import Partnership


@dataclass(frozen=True)
class Criterion:
    """What responses are judged on, its weight out of 100, and what a score of 0, 3 and 5 looks like.

    `social_outcome`: the outcome of social value it asks for (a key of `portal.challenges.social`), with its example.
    """

    key: str
    name: str
    asks: str
    weight: int
    score_0: str
    score_3: str
    score_5: str
    reason: str = ""
    social_outcome: str = ""


@dataclass(frozen=True)
class Timetable:
    """Days of a challenge's own round; what has not been fixed yet is missing."""

    started: int
    released: int | None = None
    question_cutoff: int | None = None
    deadline: int | None = None
    decision: int | None = None


@dataclass(frozen=True)
class Value:
    """The estimated value: the contract, its options, and what participants are paid on the way."""

    contract_pounds: int
    options_pounds: int
    participants_pounds: int

    @property
    def total_pounds(self) -> int:
        """The amount thresholds are compared with (Procurement Act 2023, Schedule 3)."""
        return self.contract_pounds + self.options_pounds + self.participants_pounds


@dataclass(frozen=True)
class Sponsor:
    """The senior person who answers for the challenge; only named, no account."""

    name: str
    job_title: str


@dataclass(frozen=True)
class Engagement:
    """A design thinking session: when, where, who came, what was learnt."""

    day: int
    place: str
    who_came: str
    learnt: str


@dataclass(frozen=True)
class Need:
    """A user need with the evidence for it."""

    who: str
    need: str
    evidence: str


@dataclass(frozen=True)
class Brief:
    """The sections of a brief; a section is missing only while the brief is still being written."""

    question: str
    who_is_affected: str | None = None
    evidence: str | None = None
    tried_already: str | None = None
    must_haves: tuple[str, ...] = ()
    out_of_scope: str | None = None
    success_measure: str | None = None
    data_offered: str | None = None
    intellectual_property: str | None = None
    background: str | None = None


@dataclass(frozen=True)
class DealStage:
    """One stage of the deal: what a firm is paid for it (nothing when unpaid) and the hours asked of it."""

    stage: str
    pounds: int
    hours: int

    @property
    def paid(self) -> bool:
        """Whether a firm is paid for this stage."""
        return self.pounds > 0


@dataclass(frozen=True)
class Deal:
    """The deal in one box; ``go_on_count`` is the most firms that go on, as ``firms_going_on`` says in words."""

    stages: tuple[DealStage, ...]
    firms_going_on: str
    go_on_count: int
    if_unfunded: str
    intellectual_property: str


@dataclass(frozen=True)
class Asked:
    """A question from a firm, never with the firm's name; without an answer it is still waiting or declined.

    ``wording`` is proposed for one marked confidential; ``same_as`` names the question it is answered with.
    """

    day: int
    question: str
    answer: str | None = None
    declined_because: str | None = None
    wording: str | None = None
    same_as: str | None = None


@dataclass(frozen=True)
class Amendment:
    """A change made while the challenge was open: the brief's section, its earlier text and why it changed.

    ``deadline_before`` is the day on which the round would have closed, where the deadline moved with it.
    """

    day: int
    section: str
    earlier_text: str
    reason: str
    deadline_before: int | None = None


@dataclass(frozen=True)
class Incident:
    """A time of a day on which the portal itself was away, while firms could answer."""

    day: int
    began_hour: int
    minutes: int
    what: str


@dataclass(frozen=True)
class Conflict:
    """A conflict of interest that somebody declared and what was decided about it."""

    person: str
    statement: str
    decision: str


@dataclass(frozen=True)
class Mark:
    """One assessor's score, 0 to 5, on one criterion, and why."""

    assessor: str
    criterion: str
    score: int
    why: str


@dataclass(frozen=True)
class Promised:
    """What a firm promises on one criterion of social value."""

    criterion: str
    text: str


@dataclass(frozen=True)
class PartnerGone:
    """A partner that left: on which day, and why in its own words."""

    firm: str
    day: int
    reason: str


@dataclass(frozen=True)
class Response:
    """A firm's answer to a round, where it ended and what the firm was told, or is still asked while it is judged.

    ``partners_part`` is what its partners do of the work, where it is not what they mostly do.
    ``reopened_because`` is why whoever scored it first takes up the locked sheet again; ``help_because`` the reason
    for which a firm that withdrew lets an adviser get in touch.
    """

    firm: str
    outcome: str
    solution: str
    already_developed: str
    why_us: str
    delivery: str
    price_pounds: int
    partners: tuple[str, ...] = ()
    partners_part: str | None = None
    left: tuple[PartnerGone, ...] = ()
    marks: tuple[Mark, ...] = ()
    promises: tuple[Promised, ...] = ()
    confidential_because: str = ""
    ineligible_because: str | None = None
    doubted_because: str | None = None
    asked_to_explain: str | None = None
    reopened_because: str | None = None
    help_because: str | None = None
    feedback: str | None = None


@dataclass(frozen=True)
class SupportSession:
    """An hour or a day of help: what was done and what the firm takes away."""

    day: int
    topic: str
    note: str


@dataclass(frozen=True)
class SupportPlan:
    """What a chosen firm needs before it can show, the help it had, and whether it became ready."""

    firm: str
    goal: str
    sessions: tuple[SupportSession, ...]
    outcome: str


@dataclass(frozen=True)
class Prototype:
    """What a firm showed and what it would cost to deploy; ``away`` is from when until when it cannot come."""

    firm: str
    shown: str
    one_off_pounds: int
    yearly_pounds: int
    away: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Event:
    """The showcase: when, where, who is invited and what each firm showed or will show."""

    day: int
    place: str
    guests: tuple[str, ...]
    programme: str
    prototypes: tuple[Prototype, ...]
    chosen: tuple[str, ...] = ()
    chosen_because: str | None = None


@dataclass(frozen=True)
class Option:
    """One option of a business case with its whole cost and what it would bring.

    Where `years` are given they count instead: what is spent once, to run it, and saved, in pounds. `project` is the
    sort of project, for what is added to its costs.
    """

    name: str
    cost_pounds: int
    brings: str
    years: tuple[tuple[int, int, int], ...] = ()
    project: str | None = None


@dataclass(frozen=True)
class Risk:
    """Something that could go wrong, how likely and how bad (low, medium, high), and what is done about it."""

    what: str
    likelihood: str
    impact: str
    answer: str


@dataclass(frozen=True)
class BusinessCase:
    """The five cases, the risks, the options and the budget holder's decision.

    `first_note`: what the first of two budget holders says with their approval, where the authority wants two for such
    an amount. A case that is only submitted and has one is half approved.
    """

    strategic: str
    economic: str
    commercial: str
    financial: str
    management: str
    risks: tuple[Risk, ...]
    options: tuple[Option, ...]
    preferred: str
    amount_pounds: int
    source: str
    budget_code: str
    decision: str
    decision_note: str | None = None
    first_note: str | None = None
    no_tender_statement: str | None = None


@dataclass(frozen=True)
class Tender:
    """The open tender round that follows an engagement, with the pack of what supported firms learnt.

    Where there are `price_judges`, they alone judge the criterion ``cost``, from a price in an envelope of its own.
    """

    released: int
    deadline: int
    pack: str
    criteria: tuple[Criterion, ...]
    assessors: tuple[str, ...]
    price_judges: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    responses: tuple[Response, ...] = ()


@dataclass(frozen=True)
class Challenge:
    """A challenge with everything that happened up to the state it rests at."""

    key: str
    title: str
    theme: str
    pathway: str
    authority: str
    directorate: str
    owner: str
    officer: str
    release_kind: str
    contract_kind: str
    state: str
    timetable: Timetable
    value: Value
    sponsor: Sponsor | None = None
    joint_authorities: tuple[str, ...] = ()
    ended_from: str | None = None
    end_reason: str | None = None
    engagements: tuple[Engagement, ...] = ()
    needs: tuple[Need, ...] = ()
    questions: tuple[str, ...] = ()
    chosen_question: int | None = None
    brief: Brief | None = None
    deal: Deal | None = None
    market_gap: str | None = None
    lots: str | None = None
    criteria: tuple[Criterion, ...] = ()
    asked: tuple[Asked, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    incidents: tuple[Incident, ...] = ()
    assessors: tuple[str, ...] = ()
    blind: bool = False
    conflicts: tuple[Conflict, ...] = ()
    responses: tuple[Response, ...] = ()
    support: tuple[SupportPlan, ...] = ()
    event: Event | None = None
    business_case: BusinessCase | None = None
    tender: Tender | None = None
    award: Award | None = None
    partnership: Partnership | None = None

    @property
    def reached(self) -> str:
        """The last state walked through: the state itself, or for an end the state it ended from."""
        return self.ended_from or self.state
