"""The tables of the register. What a firm says of itself is `portal.organisations.models.FirmProfile`."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class FirmCategory(Base):
    """Something a firm supplies, as a category of the Common Procurement Vocabulary."""

    __tablename__ = "firm_category"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(ForeignKey("category.code"), primary_key=True, index=True)


class RegisteredCompany(Base):
    """A row of Companies House's free company data: what it is called and where its registered office is.

    The registered office is often an accountant's, and not where the work is done.
    """

    __tablename__ = "registered_company"

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    status: Mapped[str] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str | None] = mapped_column(String(8), index=True)
    incorporated_on: Mapped[date | None]
    activities: Mapped[str] = mapped_column(String(400), default="")
