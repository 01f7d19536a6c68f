"""What a response is asked: a summary, one answer for each criterion, and a price."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import category

from portal.challenges.asking import PRICE_WORDS, SUMMARY_WORDS
from portal.challenges.models import Round
from portal.responses.confidential import bare, is_marked, is_unclosed
from portal.responses.models import Response, ResponseSection

FIRM = "firm"
PARTNERS = "partners"
SUMMARY = "summary"
PRICE = "price"
OTHERS = "others"
"""Beside the sections that are asked: who else will work on it without standing behind the response, a firm a line."""
LONGEST_TEXT = 60_000
"""Characters kept of one section; far above any word limit, so that a draft too long is kept and can be cut."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One section as it is asked: its key in the draft, its title, the question and the most words.

    `is_social` where it asks for an outcome of social value; `example` is an answer as it could be.
    """

    key: str
    title: str
    question: str
    word_limit: int
    weight: int | None = None
    explanation: str = ""
    example: str = ""
    is_social: bool = False


def criterion_key(criterion_id: int) -> str:
    """The key of the section that answers a criterion."""
    return f"criterion-{criterion_id}"


def asked_in(asked: Round) -> list[Asked]:
    """Every section of a round's responses, in the order of its pages; `criteria` must be loaded."""
    criteria = [
        Asked(
            criterion_key(each.id),
            each.name,
            each.question or each.name,
            each.word_limit,
            each.weight,
            each.description,
            each.example,
            is_social=bool(each.social_outcome),
        )
        for each in asked.criteria
        if not each.by_price  # nobody writes about it: the price section is what it is scored from
    ]
    return [
        Asked(
            SUMMARY, "Summary", "What do you offer, in short? Write it for somebody who reads only this.", SUMMARY_WORDS
        ),
        *criteria,
        Asked(PRICE, "Price", "What does the price cover, and what could change it?", PRICE_WORDS),
    ]


def price_stands_apart(asked: Round) -> bool:
    """Whether the price is a separate envelope: then it belongs nowhere else in a response. Needs `criteria`."""
    return any(each.by_price for each in asked.criteria)


class Said(NamedTuple):
    """What a draft says in one section, for reading alone: a `ResponseSection` without the row."""

    key: str
    text: str
    version: int
    confidential_reason: str


def others_in(rows: Iterable[ResponseSection | Said]) -> tuple[str, ...]:
    """The names of those who will work on it without standing behind it (subcontractors), as a draft has them."""
    said = next((row.text for row in rows if row.key == OTHERS), "")
    return tuple(line.strip() for line in said.splitlines() if line.strip())


def words_in(text: str) -> int:
    """The number of words, counted as the page counts them while somebody types; signs that mark are none."""
    return len(bare(text).split())


def clean(text: str) -> str:
    """A typed text as it is kept: one kind of line end, no control or half characters, which databases refuse."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or category(each) not in {"Cc", "Cs"}).strip()


@dataclass(frozen=True, slots=True)
class Written:
    """A section with what has been written so far; version None where nothing was saved yet."""

    asked: Asked
    text: str
    version: int | None
    confidential_reason: str = ""

    @property
    def words(self) -> int:
        """How many words it has."""
        return words_in(self.text)

    @property
    def over(self) -> int:
        """How many words it is over its limit."""
        return max(0, self.words - self.asked.word_limit)


def written(asked: Sequence[Asked], rows: Iterable[ResponseSection | Said]) -> list[Written]:
    """Each section asked for with what the draft says."""
    kept = {row.key: row for row in rows}
    return [Written(each, *_said(kept.get(each.key))) for each in asked]


def no_longer_asked(asked: Sequence[Asked], rows: Sequence[ResponseSection]) -> list[ResponseSection]:
    """Texts whose question an amended brief took out; they are shown, and not submitted."""
    keys = {each.key for each in asked} | {OTHERS}
    return [row for row in rows if row.key not in keys and row.text]


def _said(row: ResponseSection | Said | None) -> tuple[str, int | None, str]:
    return (row.text, row.version, row.confidential_reason) if row else ("", None, "")


def unfinished(response: Response, sections: Sequence[Written]) -> Iterator[tuple[str, str]]:
    """What keeps a draft from being submitted: the key of the section (or `firm`, `partners`), and a sentence."""
    if response.organisation.provisional:
        yield FIRM, "Say who you are: your organisation has no name yet."
    accepted = sum(member.share_percent for member in response.members if member.accepted_at)
    if accepted != 100:
        yield (
            PARTNERS,
            f"The shares of the firms behind it add up to {accepted}%. Share out the work, "
            "or wait until everybody you invited has answered.",
        )
    for each in sections:
        if each.asked.key == PRICE:
            if response.price_pence is None and not each.text:
                yield PRICE, "Give a price, or say what it depends on."
        elif not each.text:
            yield each.asked.key, f"Write “{each.asked.title}”."
        if each.over:
            words = "word" if each.over == 1 else "words"
            limit = each.asked.word_limit
            yield each.asked.key, f"“{each.asked.title}” is {each.over:,} {words} over its limit of {limit:,}."
        yield from _unfinished_marks(each)


def _unfinished_marks(section: Written) -> Iterator[tuple[str, str]]:
    if is_unclosed(section.text):
        yield section.asked.key, f"Close the confidential passage in “{section.asked.title}” with ]]."
    if is_marked(section.text) and not section.confidential_reason:
        yield section.asked.key, f"Say why passages of “{section.asked.title}” are confidential."
