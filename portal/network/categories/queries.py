"""Finding categories by words, and by their codes."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from portal.network.categories.models import Category
from portal.text import fold

MOST_WORDS = 6


def categories_called(session: Session, words: str, *, most: int = 20) -> Sequence[Category]:
    """Categories whose names hold all of these words or words that begin so, the widest first."""
    asked = fold(words).split()[:MOST_WORDS]
    if not asked:
        return []
    padded = " " + Category.words
    # Each word without its last letter where it may be a plural, so that “paints” finds “paint”.
    roots = [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in asked]
    holds = [padded.contains(f" {root}", autoescape=True) for root in roots]
    order = (Category.weight, func.length(Category.name), Category.code)
    return session.scalars(select(Category).where(*holds).order_by(*order).limit(most)).all()


def is_imported(session: Session) -> bool:
    """Whether there is a vocabulary to look anything up in."""
    return bool(session.scalar(select(exists(select(Category.code)))))


def named_as(session: Session, codes: Iterable[str]) -> Sequence[Category]:
    """Categories by their codes, in the order of codes."""
    return session.scalars(select(Category).where(Category.code.in_(list(codes))).order_by(Category.code)).all()
