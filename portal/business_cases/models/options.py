"""What could be done, and what each option costs and brings, year by year."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.business_cases.appraisal import Flows, ProjectKind
from portal.business_cases.pathway import OptionKind
from portal.db import Base, Choice, Pence, Versioned


class CaseOption(Versioned, Base):
    """One thing that could be done, with its money by year, and what it brings. At most one is preferred.

    `one_off_bias` and `yearly_bias` are what is added to its costs because such projects cost more than was thought
    (optimism bias), in whole per cent; `bias_reason` says why, where that is less than is usual for its kind.
    """

    __tablename__ = "case_option"
    __table_args__ = (
        CheckConstraint("NOT preferred OR kind <> 'do_nothing'", name="nothing_is_not_preferred"),
        CheckConstraint("one_off_bias BETWEEN 0 AND 500 AND yearly_bias BETWEEN 0 AND 500", name="bias"),
        Index("ix_case_option_case", "case_id"),
        Index(
            "uq_case_option_preferred",
            "case_id",
            unique=True,
            sqlite_where=text("preferred"),
            postgresql_where=text("preferred"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("business_case.id"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[OptionKind] = mapped_column(Choice(OptionKind))
    brings: Mapped[str] = mapped_column(Text, default="")
    preferred: Mapped[bool] = mapped_column(default=False)
    project_kind: Mapped[ProjectKind | None] = mapped_column(Choice(ProjectKind))
    one_off_bias: Mapped[int] = mapped_column(default=0)
    yearly_bias: Mapped[int] = mapped_column(default=0)
    bias_reason: Mapped[str] = mapped_column(Text, default="")

    money: Mapped[list["OptionYear"]] = relationship(
        lazy="selectin", order_by="OptionYear.year", cascade="all, delete-orphan"
    )

    @property
    def years(self) -> int:
        """For how many years it is looked at."""
        return len(self.money)

    @property
    def one_off_pence(self) -> int:
        """What is spent once, in whichever year."""
        return sum(each.one_off_pence for each in self.money)

    @property
    def yearly_pence(self) -> int:
        """What running it costs over all its years."""
        return sum(each.yearly_pence for each in self.money)

    @property
    def benefit_pence(self) -> int:
        """What it saves or brings in money over all its years."""
        return sum(each.benefit_pence for each in self.money)

    @property
    def total_pence(self) -> int:
        """What it costs over all its years, undiscounted and with nothing added for optimism."""
        return self.one_off_pence + self.yearly_pence

    @property
    def is_even(self) -> bool:
        """Whether it spends once at the start and then costs and brings the same every year."""
        later = any(each.one_off_pence for each in self.money[1:])
        return not later and len({(each.yearly_pence, each.benefit_pence) for each in self.money}) == 1

    @property
    def flows(self) -> Flows:
        """Its money as the appraisal takes it."""
        return Flows(
            one_off=tuple(each.one_off_pence for each in self.money),
            yearly=tuple(each.yearly_pence for each in self.money),
            benefits=tuple(each.benefit_pence for each in self.money),
            one_off_bias=self.one_off_bias,
            yearly_bias=self.yearly_bias,
        )


class OptionYear(Base):
    """What an option costs and brings in one year, in pence of today's prices; year 0 is the first."""

    __tablename__ = "case_option_year"
    __table_args__ = (
        CheckConstraint("year BETWEEN 0 AND 59", name="year"),
        CheckConstraint("one_off_pence >= 0 AND yearly_pence >= 0 AND benefit_pence >= 0", name="not_negative"),
    )

    option_id: Mapped[int] = mapped_column(ForeignKey("case_option.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    one_off_pence: Mapped[Pence] = mapped_column(default=0)
    yearly_pence: Mapped[Pence] = mapped_column(default=0)
    benefit_pence: Mapped[Pence] = mapped_column(default=0)


def same_every_year(
    one_off_pence: int = 0, yearly_pence: int = 0, benefit_pence: int = 0, years: int = 1
) -> list[OptionYear]:
    """The years of an option that spends once at the start and then costs and brings the same each year."""
    return [
        OptionYear(
            year=year,
            one_off_pence=one_off_pence if year == 0 else 0,
            yearly_pence=yearly_pence,
            benefit_pence=benefit_pence,
        )
        for year in range(years)
    ]
