"""Thousands of firms and challenges are ranked well under a second."""

import random
import time

import pytest
from sqlalchemy import insert, select

from portal.challenges.models import Challenge
from portal.db import Database, clock
from portal.network.matching.queries import challenges_for, firms_for, words_of_challenge
from portal.network.words import SubjectKind, WordPosting
from portal.network.words.telling import telling_words, weighed
from portal.organisations.models import FirmProfile, Organisation, SupplierKind
from tests.support import many

pytestmark = pytest.mark.soak

SUBJECTS = 2_000
VOCABULARY = [f"term{letter}{number}" for number in range(800) for letter in "bcdfghjkl"]
COMMON_FIRST = [1 / (place + 5) for place in range(len(VOCABULARY))]
AT_ONCE = 20_000
SLOWEST_SECONDS = 1.0


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(VOCABULARY, COMMON_FIRST, k=words))


def said_by_firm(chance: random.Random, words: list[str]) -> str:
    """Words of its own, and some of those of the challenge that is asked about."""
    return " ".join([text(chance, 50), *chance.choices(words, k=10)])


def test_thousands_of_firms_and_challenges_are_ranked_in_less_than_a_second(database: Database) -> None:
    chance = random.Random(7)
    with database.writing() as session:
        many.released(session, SUBJECTS)
        challenge = session.scalars(select(Challenge).where(Challenge.state == "open").limit(1)).one()
        its_words = telling_words("\n".join(words_of_challenge(session, challenge)))
        known = {"supplier_kind": SupplierKind.COMPANY, "created_at": clock.now(), "version": 1, "is_supplier": True}
        flags = {"is_authority": False, "is_partner": False, "provisional": False, "headcount": 7, "postcode": "B9 4AA"}
        firms = [
            known
            | flags
            | {"reference": f"F{number}", "name": f"Firm {number}", "summary": said_by_firm(chance, its_words)}
            for number in range(SUBJECTS)
        ]
        session.execute(insert(Organisation), firms)
        keys = session.execute(select(Organisation.id, Organisation.summary).where(Organisation.is_supplier)).all()
        blank = {"proof": "", "interests": "", "social_impact": "", "shown_at": clock.now(), "version": 1}
        profiles = [blank | {"organisation_id": key, "developed": summary[:200]} for key, summary in keys]
        session.execute(insert(FirmProfile), profiles)
        said = [(SubjectKind.FIRM, key, summary) for key, summary in keys]
        said += [(SubjectKind.CHALLENGE, key, text(chance, 150)) for key in session.scalars(select(Challenge.id))]
        rows = [
            {"kind": kind, "word": word, "subject_id": key, "weight": weight}
            for kind, key, words in said
            for word, weight in weighed({words: 1.0}).items()
        ]
        for first in range(0, len(rows), AT_ONCE):
            session.execute(insert(WordPosting), rows[first : first + AT_ONCE])
    with database.reading() as session:
        asked = session.get_one(Challenge, challenge.id)
        for rank in (lambda: firms_for(session, asked), lambda: challenges_for(session, text(chance, 60))):
            took = []
            for _ in range(3):
                began = time.perf_counter()
                assert rank()
                took.append(time.perf_counter() - began)
            assert min(took) < SLOWEST_SECONDS
