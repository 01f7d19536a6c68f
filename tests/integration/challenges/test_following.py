"""Whoever follows a challenge hears of what changes in it, and nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal import workflow
from portal.accounts.identity import actor_of
from portal.challenges.models import Challenge
from portal.challenges.services import following
from portal.db import Database, clock
from portal.outbox import OutboxMessage, worded
from tests.support import make

FACTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "brief amended": ("challenges.amended", {"number": 2}, "has changed"),
    "deadline moved": ("challenges.deadline_moved", {"before": clock.now(), "round": None}, "deadline has moved"),
    "tender published": ("challenges.tender_published", {"number": 3}, "Tenders are invited"),
}


@pytest.mark.parametrize("topic", FACTS)
def test_followers_are_told_and_only_they(app: Flask, database: Database, topic: str) -> None:
    kind, facts, subject = FACTS[topic]
    with database.writing() as session:
        challenge = make.challenge(session, state="open")
        follower, other = make.person(session), make.person(session)
        following.follow(session, actor_of(session, follower), challenge)
        following.follow(session, actor_of(session, other), challenge)
        following.unfollow(session, actor_of(session, other), challenge)
        workflow.announce(session, topic, challenge=challenge, **facts)
        follower_id, key = follower.id, challenge.id
    with database.reading() as session:
        (queued,) = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind))
        assert queued.to_person_id == follower_id
        said = {"challenge": key} | ({"number": facts["number"]} if "number" in facts else {})
        mail = worded(session, kind, said)
        assert mail is not None
        assert subject in mail.subject
        assert session.get_one(Challenge, key).reference in mail.path


def test_the_mail_names_the_deadline_there_is_now(app: Flask, database: Database) -> None:
    with database.writing() as session:
        challenge = make.challenge(session, state="open")
        key = challenge.id
    with database.reading() as session:
        mail = worded(session, "challenges.deadline_moved", {"challenge": key})
        assert mail is not None
        assert mail.context["deadline"] > clock.now() + timedelta(days=29)
