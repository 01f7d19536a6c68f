"""Telling firms of a challenge, saving searches, and choosing which mails one wants."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import clock, hold
from portal.law.calendar import LONDON
from portal.machine import NotNow
from portal.network.matching.models import Digest, MailChoice, SavedSearch, Telling
from portal.network.matching.queries import choice_of, open_challenges, searches_of, words_of_challenge
from portal.network.register.queries import shown_ids
from portal.network.words import SubjectKind, index, telling_words
from portal.organisations.models import Organisation
from portal.policy import NOBODY, Actor
from portal.responses.queries import people_of

DIGEST_AT = time(7)
MOST_SEARCHES = 20


def tell(session: Session, actor: Actor, challenge: Challenge, firms: list[str]) -> int:
    """Tell firms (by reference) of an open challenge by mail, each once; answers how many were told now.

    Only firms that agreed to be shown are told, and of their people those who have not said no. Telling excludes
    nobody: the challenge stays open to all. Raises `NotNow` where it takes no answers.
    """
    hold(session, challenge)
    if session.scalar(open_challenges().where(Challenge.id == challenge.id)) is None:
        raise NotNow("Firms can be told while the challenge is open for responses.")
    told = select(Telling.organisation_id).where(Telling.challenge_id == challenge.id)
    new = select(Organisation).where(
        Organisation.reference.in_(firms), Organisation.id.in_(shown_ids()), Organisation.id.not_in(told)
    )
    found = session.scalars(new.order_by(Organisation.id)).all()
    for firm in found:
        telling = Telling(
            challenge_id=challenge.id, organisation_id=firm.id, told_at=clock.now(), told_by_id=actor.person_id
        )
        session.add(telling)
        session.flush()
        journal.record(session, actor, "matching.told", ("telling", telling.id), challenge_id=challenge.id)
        _mail(session, challenge, firm)
    return len(found)


def _mail(session: Session, challenge: Challenge, firm: Organisation) -> None:
    unwilling = select(MailChoice.person_id).where(~MailChoice.told)
    for person in session.scalars(people_of(frozenset({firm.id})).where(Person.id.not_in(unwilling))):
        once = f"told:{challenge.id}:{person}"
        outbox.queue(session, "matching.told", person, once_key=once, challenge=challenge.id, person=person)


def save_search(session: Session, actor: Actor, words: str) -> None:
    """Keep words to look for; the same again changes nothing. Raises `NotNow` for what finds nothing, or too many."""
    person = session.get_one(Person, actor.person_id, with_for_update=True)
    if not telling_words(words):
        raise NotNow("Use at least one word that tells what you look for.")
    kept = searches_of(session, person.id)
    if any(each.words == words for each in kept):
        return
    if len(kept) >= MOST_SEARCHES:
        raise NotNow(f"You have saved {MOST_SEARCHES} searches. Remove one first.")
    session.add(SavedSearch(person_id=person.id, words=words, saved_at=clock.now()))
    journal.record(session, actor, "matching.search_saved", ("person", person.id))


def remove_search(session: Session, actor: Actor, key: int) -> None:
    """Look for it no longer; doing it twice changes nothing."""
    person = session.get_one(Person, actor.person_id, with_for_update=True)
    found = session.scalars(select(SavedSearch).where(SavedSearch.id == key, SavedSearch.person_id == person.id))
    for search in found:
        session.delete(search)
        journal.record(session, actor, "matching.search_removed", ("person", person.id), search=key)
    session.flush()


def choose_mails(session: Session, actor: Actor, person_id: int, *, told: bool, digest: Digest) -> None:
    """Keep which mails somebody wants; the first digest tells of what is released from now on.

    `actor` is the person, or nobody in particular where the link of a mail was pressed. The same choice again is not
    noted again.
    """
    session.get_one(Person, person_id, with_for_update=True)
    choice = choice_of(session, person_id)
    if choice is None:
        choice = MailChoice(person_id=person_id, digest=Digest.NONE)
        session.add(choice)
    elif (choice.told, choice.digest) == (told, digest):
        return
    now = clock.now()
    if digest is not choice.digest:
        choice.digest_since = choice.digest_since or now
        choice.next_digest_at = next_digest(digest, now)
    if digest is Digest.NONE:
        choice.digest_since = None
    choice.told, choice.digest = told, digest
    subject = ("person", person_id)
    journal.record(session, actor, "matching.mails_chosen", subject, told=told, digest=digest.value)


def unsubscribe(session: Session, person_id: int) -> None:
    """End every mail of this room for somebody: tips by officers and digests. Doing it twice changes nothing.

    Whoever has the signed link can press it, so the journal names nobody as having done it.
    """
    choose_mails(session, NOBODY, person_id, told=False, digest=Digest.NONE)


def next_digest(digest: Digest, after: datetime) -> datetime | None:
    """When the next digest is due: 7am in London, every day or on Mondays."""
    if digest is Digest.NONE:
        return None
    local = after.astimezone(LONDON)
    day = local.date() + timedelta(days=0 if local.time() < DIGEST_AT else 1)
    if digest is Digest.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, DIGEST_AT, LONDON)


def queue_digests(session: Session, *, most: int = 100) -> int:
    """Queue every digest that is due; the worker calls it. Answers how many; one with nothing to tell is not sent."""
    now = clock.now()
    due = select(MailChoice).where(MailChoice.next_digest_at <= now).order_by(MailChoice.person_id).limit(most)
    found = session.scalars(due.with_for_update(skip_locked=True)).all()
    for choice in found:
        since = choice.digest_since or now
        once = f"digest:{choice.person_id}:{since.isoformat()}"
        outbox.queue(
            session,
            "matching.digest",
            choice.person_id,
            once_key=once,
            person=choice.person_id,
            since=since.isoformat(),
        )
        choice.digest_since, choice.next_digest_at = now, next_digest(choice.digest, now)
    return len(found)


def index_challenge(session: Session, *, challenge: Challenge, number: int) -> None:
    """Let a challenge be found by what was published of it. Subscribed to every publication of a brief."""
    index(session, SubjectKind.CHALLENGE, challenge.id, words_of_challenge(session, challenge))


def index_released(session: Session) -> int:
    """Index every released challenge anew; answers how many."""
    found = session.scalars(select(Challenge).where(Challenge.released_at.is_not(None)).order_by(Challenge.id)).all()
    for challenge in found:
        index_challenge(session, challenge=challenge, number=challenge.brief_number)
    return len(found)
