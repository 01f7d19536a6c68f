"""Social value in our own words: outcomes an owner picks, each with a question, an example and what a score means.

An outcome is judged on what the firm says will change, for whom, and how everybody will know. Sums of money are no
measure here: they favour whoever is large, so they are neither asked for nor ranked.

The themes are those that buyers in the United Kingdom share: the outcomes of Procurement Policy Note 002 (binding on
central government only) and the themes of the National TOMs (jobs, growth, social, environment). The words, questions
and examples are ours. Why a council may ask: Procurement Act 2023 s.12 (public benefit). What limits it: s.23, an
award criterion relates to what the contract is for.
"""

from dataclasses import dataclass
from typing import Any

_PPN = "PPN 002"
_TOMS = "National TOMs"
POINTS, WORDS = 10, 250
"""What an outcome begins with: points of a hundred, and the most words of an answer."""


@dataclass(frozen=True, slots=True)
class SocialOutcome:
    """One outcome: its key in the tables, its name, the question to firms, an example, and its theme's source."""

    key: str
    name: str
    question: str
    example: str
    source: str


OUTCOMES = (
    SocialOutcome(
        "work",
        "Work for people who find it hard to get",
        "Who will get work or work experience through this contract who would find it hard to get otherwise?",
        "We will take on one person who has been out of work for a year, for six months at the real living wage, found "
        "with the job centre. We will tell you every quarter whether they are still with us and what they do.",
        f"{_PPN}: employment for people who face barriers. {_TOMS}: jobs.",
    ),
    SocialOutcome(
        "skills",
        "Skills that stay",
        "What will people learn through this contract, and what will they be able to do with it afterwards?",
        "Two students of the college will spend a day a week with our engineer. By June each will have repaired a unit "
        "alone. Their tutor will tell you whether they did.",
        f"{_PPN}: skills for growth. {_TOMS}: jobs.",
    ),
    SocialOutcome(
        "fair_work",
        "Fairer work",
        "What will be better for the people who do this work: pay, hours, safety, a say?",
        "Everyone on this contract, our drivers too, will have their hours four weeks ahead. We will ask them each "
        "quarter whether that was kept, and show you what they said.",
        f"{_PPN}: fair work. {_TOMS}: jobs.",
    ),
    SocialOutcome(
        "net_zero",
        "Less carbon, less waste (net zero)",
        "What will be burnt, driven or thrown away less because of the way you do this work?",
        "We will repair units instead of replacing them and come by cargo bike. We will count units repaired and miles "
        "by van each month, and compare them with the first month.",
        f"{_PPN}: sustainable practices. {_TOMS}: environment.",
    ),
    SocialOutcome(
        "health",
        "Healthier places",
        "Whose health or wellbeing will be better because of the way you do this work, and how?",
        "We will hold our tests in the day centre at lunch, so that people who live alone have company. The centre "
        "will count who comes back, and ask them what it changed.",
        f"{_PPN}: wellbeing. {_TOMS}: social.",
    ),
    SocialOutcome(
        "community",
        "A stronger voluntary sector",
        "What will charities and community groups have, or be able to do, that they cannot today?",
        "The tenants' group will get the tool free of charge, and four evenings on how to use it. By spring they will "
        "run it without us. They will tell you whether they do.",
        f"{_TOMS}: social.",
    ),
    SocialOutcome(
        "suppliers",
        "Room for small firms",
        "Which small firms or social enterprises will you work with, and what will they gain?",
        "A social enterprise will do all assembly, be paid within 14 days, and keep the test bench afterwards. You may "
        "see the dates on which they were paid.",
        f"{_PPN}: resilient supply chains. {_TOMS}: growth.",
    ),
)
"""What can be picked, in the order of the page."""
BY_KEY = {each.key: each for each in OUTCOMES}
HOW_JUDGED = (
    "judged on what a firm says will change, for whom, by when, and how everybody will know. A sum of money scores "
    "nothing by itself, and nobody is ranked by one."
)
"""How an outcome is judged, said after its name."""
LOOKED_FOR = (
    "What will change, for whom, by when, and how you and we will know. It need not be large: it has to be in "
    "proportion to your firm and to this contract."
)
SCORES = (
    "Unacceptable: nothing is said that this contract would change.",
    "Poor: good intentions, or sums of money, without saying what changes for whom.",
    "Meets the minimum: says what would change and for whom, but not how anybody would know.",
    "Good: says what changes, for whom and by when, in proportion to the firm, with a way to tell.",
    "Excellent: as good, grown out of the work itself, and the people it is for had a say.",
    "Exceptional: as excellent, with evidence that the firm has done it before, and it would last beyond the contract.",
)
"""What the scores from 0 to 5 mean for every outcome."""


def as_criterion(outcome: SocialOutcome) -> dict[str, Any]:
    """A row of the page of criteria that asks for an outcome; every word of it can be changed."""
    return {
        "social_outcome": outcome.key,
        "name": outcome.name,
        "question": outcome.question,
        "description": LOOKED_FOR,
        "example": outcome.example,
        "word_limit": WORDS,
        "weight": POINTS,
        "scores": list(SCORES),
    }
