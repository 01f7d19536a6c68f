"""What becomes of an award: a partnership with its phases, and what happens to its partners on the way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phase:
    """A phase of a partner's work with its target, its payment and how it stands; ``also`` are further targets."""

    firm: str
    name: str
    target: str
    months: int
    payment_pounds: int
    state: str
    also: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """The main one first."""
        return (self.target, *self.also)


@dataclass(frozen=True)
class ContractChange:
    """A change of a firm's contract that adds a phase after its last one."""

    day: int
    firm: str
    title: str
    why: str
    ground: str
    ground_reason: str
    decision: str
    added: Phase


@dataclass(frozen=True)
class Happening:
    """Something that happened to a partner, what the firm said of it, and why the work went on or was suspended."""

    day: int
    firm: str
    kind: str
    what: str
    evidence: str
    file: str
    view: str
    decision: str
    suspends: bool = False


@dataclass(frozen=True)
class MemberSettled:
    """What became of the share of one member of a consortium."""

    firm: str
    how: str


@dataclass(frozen=True)
class PartnersEnd:
    """How a partner's work was ended, and what of it is settled; it is closed once its ``lessons`` are written."""

    day: int
    firm: str
    reason: str
    source_code: str
    data: str
    property: str | None = None
    shares: tuple[MemberSettled, ...] = ()
    lessons: str | None = None


@dataclass(frozen=True)
class Bill:
    """An invoice for a phase: the days on which it was sent, disputed and paid, as far as they have come."""

    firm: str
    phase: int
    number: str
    pounds: int
    sent: int
    paid: int | None = None
    disputed: int | None = None
    dispute: str | None = None


@dataclass(frozen=True)
class SeenBenefit:
    """A benefit seen under a firm's contract: the day it was seen and the day it was told of, by whom (``firm`` or
    ``authority``), about which criterion of social value, if any, and whether a firm's report was confirmed.
    """

    firm: str
    seen: int
    told: int
    told_by: str
    what: str
    evidence: str
    criterion: str | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Partnership:
    """The partnership's terms and phases; a purchase option only where the release kind allows one.

    ``copied`` is the day on which the copies of its contracts were published, where the law wants that.
    """

    signed: int
    gate_break: str
    intellectual_property: str
    phases: tuple[Phase, ...]
    purchase_option: str | None = None
    purchase_option_pounds: int | None = None
    copied: int | None = None
    change: ContractChange | None = None
    event: Happening | None = None
    end: PartnersEnd | None = None
    bills: tuple[Bill, ...] = ()
    seen: tuple[SeenBenefit, ...] = ()
