"""Two officers at the same moment: one effect, no deadlock."""

from threading import Barrier, Thread

from sqlalchemy import func, select

from portal.db import Database
from portal.machine import NotNow
from portal.notices import services as noticing
from portal.notices.models import Summary, SummaryDispatch
from portal.outbox import OutboxMessage
from tests.support.awarded import award


def test_summaries_are_sent_once(database: Database) -> None:
    with database.writing() as session:
        made = award(session, firms=3)
    both, refused = Barrier(2), []

    def send() -> None:
        both.wait()
        try:
            with database.writing() as session:
                noticing.send_summaries(session, made.officer(session), made.challenge(session))
        except NotNow as reason:
            refused.append(str(reason))

    officers = [Thread(target=send) for _ in range(2)]
    for each in officers:
        each.start()
    for each in officers:
        each.join()
    assert refused == ["The summaries of this award have been sent."]
    with database.reading() as session:
        counted = [session.scalar(select(func.count()).select_from(each)) for each in (SummaryDispatch, Summary)]
        assert counted == [1, 3]
        mails = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == "notices.summary")
        assert session.scalar(mails) == 3
