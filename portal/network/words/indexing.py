"""Putting a subject's words into the table."""

from collections.abc import Mapping

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.network.words.models import SubjectKind, WordPosting
from portal.network.words.telling import weighed


def index(session: Session, kind: SubjectKind, subject_id: int, parts: Mapping[str, float]) -> None:
    """Let a subject be found by the words of its parts (texts with their weights); without any it is found no more."""
    mine = delete(WordPosting).where(WordPosting.kind == kind, WordPosting.subject_id == subject_id)
    session.execute(mine, execution_options={"synchronize_session": False})
    rows = [
        {"kind": kind, "word": word, "subject_id": subject_id, "weight": weight}
        for word, weight in weighed(parts).items()
    ]
    if rows:
        session.execute(insert(WordPosting), rows)
