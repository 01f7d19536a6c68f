"""What the portal writes to people about a challenge and its questions. Never who asked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge, Question, Round
from portal.challenges.queries import closing_of
from portal.outbox.messages import Mail, message


@message("questions.answered")
def answered(session: Session, *, challenge: int, at: str) -> Mail | None:
    """To everybody who asked or follows, in the same words: the answers published at one moment."""
    found = session.get_one(Challenge, challenge)
    batch = session.scalars(
        select(Question)
        .join(Round, Round.id == Question.round_id)
        .where(
            Round.challenge_id == challenge,
            Question.state == "answered",
            Question.answered_at == datetime.fromisoformat(at),
        )
        .order_by(Question.reference)
    ).all()
    if not batch:
        return None
    what = "A question was answered" if len(batch) == 1 else f"{len(batch)} questions were answered"
    context = {"challenge": found, "answers": [(each.published_text, each.answer) for each in batch]}
    path = f"/challenges/{found.reference}#questions"
    return Mail(f"{what}: {found.title}", "mail/questions/answered.txt", context, path)


@message("questions.proposed")
def proposed(session: Session, *, question: str) -> Mail | None:
    """To the one who asked, and to nobody else: a wording to agree to. Says nothing of the question itself."""
    challenge = _question(session, question).round.challenge
    path = f"/challenges/{challenge.reference}/ask"
    context = {"challenge": challenge}
    return Mail(
        f"Agree how your question is published: {challenge.title}", "mail/questions/proposed.txt", context, path
    )


@message("questions.declined")
def declined(session: Session, *, question: str) -> Mail | None:
    """To the one who asked, and to nobody else: why there is no answer."""
    found = _question(session, question)
    challenge = found.round.challenge
    return Mail(
        subject=f"Your question was not answered: {challenge.title}",
        template="mail/questions/declined.txt",
        context={"challenge": challenge, "question": found.text, "reason": found.answer},
        path=f"/challenges/{challenge.reference}/ask",
    )


@message("challenges.declare_interests")
def declare_interests(session: Session, *, challenge: int) -> Mail | None:
    """To whom a challenge concerns for the first time: say whether you have a tie to a firm that might answer."""
    found = session.get_one(Challenge, challenge)
    path = f"/challenges/{found.reference}/brief/conflicts/declare"
    subject = f"Do you have an interest to declare? {found.title}"
    return Mail(subject, "mail/challenges/declare_interests.txt", {"challenge": found}, path)


@message("challenges.sponsor_interests")
def sponsor_interests(session: Session, *, challenge: int) -> Mail | None:
    """To the sponsor, who needs no account: tell the officer of any interest."""
    found = session.get_one(Challenge, challenge)
    path, subject = f"/challenges/{found.reference}", f"You are the sponsor: {found.title}"
    return Mail(subject, "mail/challenges/sponsor_interests.txt", {"challenge": found}, path)


@message("challenges.amended")
def amended(session: Session, *, challenge: int, number: int) -> Mail | None:
    """To whoever follows: a new version of the brief, with its differences shown."""
    found = session.get_one(Challenge, challenge)
    path = f"/challenges/{found.reference}/versions/{number}"
    return Mail(f"The brief has changed: {found.title}", "mail/challenges/amended.txt", {"challenge": found}, path)


@message("challenges.deadline_moved")
def deadline_moved(session: Session, *, challenge: int) -> Mail | None:
    """To whoever follows: the deadline there is now, and why."""
    found = session.get_one(Challenge, challenge)
    deadline, change = closing_of(session, challenge)
    context = {"challenge": found, "deadline": deadline, "change": change}
    path = f"/challenges/{found.reference}"
    return Mail(f"The deadline has moved: {found.title}", "mail/challenges/deadline_moved.txt", context, path)


@message("challenges.tender_published")
def tender_published(session: Session, *, challenge: int, number: int) -> Mail | None:
    """To whoever follows: anyone may tender, whether or not they took part before."""
    found = session.get_one(Challenge, challenge)
    path = f"/challenges/{found.reference}"
    context = {"challenge": found, "number": number}
    return Mail(f"Tenders are invited: {found.title}", "mail/challenges/tender_published.txt", context, path)


def _question(session: Session, reference: str) -> Question:
    return session.scalars(
        select(Question)
        .where(Question.reference == reference)
        .options(joinedload(Question.round).joinedload(Round.challenge))
    ).one()
