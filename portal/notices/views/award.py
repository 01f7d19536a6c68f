"""The award on one page: who is chosen, summaries, notices, the wait, claims, contracts."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import clock
from portal.exclusions.pathway import CHECK
from portal.exclusions.queries import checks_of, is_due, unasked
from portal.law import releases
from portal.law.calendar import london_date, standstill
from portal.law.notices import NoticeKind
from portal.notices import queries
from portal.notices.duties import duties_of, footing_of
from portal.notices.models import Moment
from portal.notices.views.blueprint import blueprint
from portal.notices.waiting import days_of
from portal.partnerships.queries import chosen, contracts_of
from portal.partnerships.requirements import phases_missing, terms_missing
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@blueprint.get("/challenges/<reference>/award")
@access(Permission.CHALLENGE_SEE, find=inside)
def award(challenge: Challenge) -> ResponseReturnValue:
    """Every step between the choice and the signature, in its order, with what the law asks of this award."""
    session = db_session()
    footing = footing_of(session, challenge)
    number = queries.award_number(session, challenge)
    waiting = queries.standstill_of(session, challenge, number)
    dispatch = queries.dispatch_of(session, challenge, number)
    duties = [each for each in duties_of(session, challenge) if each.moment is Moment.ACTIVATION]
    contracts = {each.response_id: each for each in contracts_of(session, challenge)}
    asks_firms = is_due(session, challenge)
    today = london_date(clock.now())
    return render_template(
        "notices/award.html",
        challenge=challenge,
        footing=footing,
        number=number,
        firms=[(each, contracts.get(each.id)) for each in chosen(session, challenge)],
        is_ready=lambda contract: contract and not phases_missing(contract) and not terms_missing(contract),
        summaries_due=footing is not None and releases.summaries_are_due(footing.kind, footing.standing),
        asks_firms=asks_firms,
        unasked=unasked(session, challenge) if asks_firms else [],
        checks=[each for each in checks_of(session, challenge) if each.state != "fell_away"],
        check_machine=CHECK,
        dispatch=dispatch,
        sent_by=session.get(Person, dispatch.sent_by_id) if dispatch and dispatch.sent_by_id else None,
        duties=[each for each in duties if each.number == number],
        standstill_due=footing is not None
        and releases.standstill_is_mandatory(footing.kind, footing.contract, footing.standing),
        notice=queries.published(session, challenge, NoticeKind.UK6, number),
        waiting=waiting,
        days=days_of(waiting) if waiting else (),
        today=today,
        if_today=standstill(today),
        claims=queries.claims(session, challenge),
        blocking=queries.blocking_claims(session, challenge, number),
        earlier=[each for each in duties if each.number != number],
        earlier_dispatches=[each for each in queries.dispatches(session, challenge) if each.number != number],
        reconsidered=queries.reconsiderations(session, challenge),
        fallen_out=queries.fallen_out(session, challenge),
        may_write=challenge.state == "award" and current_actor().may(Permission.CHALLENGE_PROCURE, challenge.scopes()),
    )
