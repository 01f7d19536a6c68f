"""The table of categories, filled by `flask categories import`."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Category(Base):
    """One entry of the vocabulary. `code` has eight digits, without the check digit; `words` are its name folded.

    `weight`: how many digits of the code say something, from 2 (a division) to 8.
    """

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(String(400))
    weight: Mapped[int]

    @property
    def stem(self) -> str:
        """What the codes of everything below it begin with."""
        return self.code[: self.weight]
