"""What a page of criteria begins with, so that nobody starts from an empty sheet; every word can be changed."""

from typing import Any

SCORES = (
    "Unacceptable: no answer, or one that misses the question.",
    "Poor: answers part of the question; we would have serious doubts.",
    "Meets the minimum: answers the question in outline; some things are left open.",
    "Good: answers the question in full, and we can believe it.",
    "Excellent: answers the question in full, with evidence, and leaves nothing open.",
    "Exceptional: as excellent, and better than we thought possible in ways that matter to the people affected.",
)
"""What the scores from 0 to 5 mean, for any criterion."""


def _criterion(name: str, question: str, weight: int, word_limit: int) -> dict[str, Any]:
    return {
        "id": None,
        "name": name,
        "question": question,
        "description": "",
        "word_limit": word_limit,
        "weight": weight,
        "scores": list(SCORES),
    }


CRITERIA = (
    _criterion("How well it meets the need", "How does your idea answer our question, for everyone affected?", 40, 500),
    _criterion("How far it has come", "What is already built or tried, by whom, and what came of it?", 25, 400),
    _criterion("Who it works for", "How will people use it who are short of time, money, sight or English?", 15, 400),
    _criterion("How you will do it", "Who does what by when, what do you need of us, what could go wrong?", 20, 500),
)
