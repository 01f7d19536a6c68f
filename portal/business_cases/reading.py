"""A business case as somebody reads it: its words, where its figures came from, and the comments they may see."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.business_cases.models import BusinessCase, CaseComment
from portal.business_cases.pathway import CaseState, SectionKey
from portal.business_cases.queries import comments_on
from portal.business_cases.sources import Source, sources
from portal.policy import Actor, Permission


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one page about a case shows, by section where it belongs to one."""

    case: BusinessCase
    sources: Mapping[SectionKey, Sequence[Source]]
    comments: Mapping[SectionKey, Sequence[CaseComment]]

    def newest_comments(self, key: SectionKey) -> list[CaseComment]:
        """The comments on a section as it was last submitted."""
        since = self.case.submitted_at
        return [comment for comment in self.comments.get(key, ()) if since is not None and comment.at >= since]

    def earlier_comments(self, key: SectionKey) -> list[CaseComment]:
        """The comments on earlier submissions."""
        newest = self.newest_comments(key)
        return [comment for comment in self.comments.get(key, ()) if comment not in newest]

    @property
    def shown(self) -> tuple[SectionKey, ...]:
        """The sections the case needs, and any other that has been written all the same."""
        written = {section.key for section in self.case.sections if section.text}
        return tuple(key for key in SectionKey if key in self.case.needed or key in written)


def read(session: Session, actor: Actor, case: BusinessCase) -> Reading:
    """The case for this person. Comments on a submitted case are its reader's own notes until it is returned."""
    known, said = defaultdict(list), defaultdict(list)
    for source in sources(session, case.challenge):
        known[source.section].append(source)
    if case.state != CaseState.SUBMITTED or decides(actor, case):
        for comment in comments_on(session, case):
            said[comment.section].append(comment)
    return Reading(case, dict(known), dict(said))


def decides(actor: Actor, case: BusinessCase) -> bool:
    """Whether this person reads the case as one of those who decide, not as one who wrote it."""
    return actor.may(Permission.FUNDING_DECIDE, case.scopes()) and not case.written_by(actor.person_id)
