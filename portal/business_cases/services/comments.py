"""What those who decide say should change."""

from sqlalchemy.orm import Session

from portal import journal
from portal.business_cases.models import BusinessCase, CaseComment
from portal.business_cases.pathway import CaseState, SectionKey
from portal.business_cases.services.shared import lock, note
from portal.db import clock
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor


def comment(session: Session, actor: Actor, case: BusinessCase, section: SectionKey, text: str) -> CaseComment:
    """Say what to change in a section. Raises `NotAllowed` for an author: writing and judging are kept apart."""
    _open_for_comments(session, case)
    if case.written_by(actor.person_id) or actor.person_id is None:
        raise NotAllowed("You wrote in this business case, so somebody else comments on it.")
    made = CaseComment(case_id=case.id, section=section, text=text, by_id=actor.person_id, at=clock.now())
    session.add(made)
    session.flush()
    note(session, actor, case, "commented", comment_id=made.id, text_sha256=journal.digest_text(text))
    return made


def remove_comment(session: Session, actor: Actor, case: BusinessCase, comment_id: int) -> None:
    """Take back one's own comment before the case is decided on; a comment that is gone already stays gone."""
    _open_for_comments(session, case)
    made = session.get(CaseComment, comment_id)
    if made is None or made.case_id != case.id:
        return
    if made.by_id != actor.person_id or made.at < (case.submitted_at or made.at):
        raise NotAllowed("Only your own comments on this submission can be removed.")
    session.delete(made)
    session.flush()
    note(session, actor, case, "comment_removed", comment_id=comment_id)


def _open_for_comments(session: Session, case: BusinessCase) -> None:
    lock(session, case)
    if case.state != CaseState.SUBMITTED:
        raise NotNow("Comments are made while a business case waits for a decision.")
