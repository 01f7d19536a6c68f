"""What answering asks of a firm: the sections every response has, the questions beside them, and what they cost."""

from collections.abc import Iterable
from dataclasses import dataclass

SUMMARY_WORDS = 300
PRICE_WORDS = 300
STANDARD_QUESTIONS = 4
"""Questions a brief may ask without saying why; each further one costs the council a written reason."""

WORDS_A_MINUTE = 10
"""Thinking, writing and reading again. Estimated from what founders say of forms, and meant to be honest."""
_READING, _SUBMITTING = 20, 10


@dataclass(frozen=True, slots=True)
class Effort:
    """What a whole form costs one firm: its lines as (what, minutes), the most words, and the sum in minutes."""

    lines: tuple[tuple[str, int], ...]
    words: int

    @property
    def minutes(self) -> int:
        """Everything together."""
        return sum(minutes for _what, minutes in self.lines)

    @property
    def said(self) -> str:
        """The sum as people say it, the minutes first: `310 minutes (about 5 hours)`."""
        return f"{self.minutes:,} minutes ({hours_in_words(self.minutes)})"


def effort_of(questions: Iterable[tuple[str, int]]) -> Effort:
    """What a form with these questions, as (name, word limit), costs a firm that uses every limit to the full."""
    asked = (("Summary", SUMMARY_WORDS), *questions, ("Price, and what it covers", PRICE_WORDS))
    written = tuple((name, -(-words // WORDS_A_MINUTE)) for name, words in asked)
    return Effort(
        lines=(("Read the brief", _READING), *written, ("Check and submit", _SUBMITTING)),
        words=sum(words for _name, words in asked),
    )


def hours_in_words(minutes: int) -> str:
    """Minutes rounded to half hours: `about 4 and a half hours`."""
    halves = max(1, round(minutes / 30))
    whole, half = divmod(halves, 2)
    if not whole:
        return "about half an hour"
    if half:
        return f"about {whole} and a half hours"
    return f"about {whole} {'hour' if whole == 1 else 'hours'}"
