"""What the portal writes to people about a challenge's questions. Never who asked."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Question, Round
from portal.outbox.messages import Mail, message


@message("questions.answered")
def answered(session: Session, *, question: str) -> Mail | None:
    """To everybody who asked or follows: one more answer is published."""
    found = _question(session, question)
    challenge = found.round.challenge
    return Mail(
        subject=f"A question was answered: {challenge.title}",
        template="mail/questions/answered.txt",
        context={"challenge": challenge, "question": found.published_text, "answer": found.answer},
        path=f"/challenges/{challenge.reference}#question-{found.reference}",
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


def _question(session: Session, reference: str) -> Question:
    return session.scalars(
        select(Question)
        .where(Question.reference == reference)
        .options(joinedload(Question.round).joinedload(Round.challenge))
    ).one()
