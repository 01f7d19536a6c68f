"""What anybody can read: the front page, the list, a challenge's own page, its feed and its calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import feeds
from portal.challenges import published as public
from portal.challenges.beside import for_firms
from portal.challenges.choices import Choices, choices
from portal.challenges.listing import Result, Status, Wanted, page_of_challenges
from portal.challenges.pathway import ChallengeState, Pathway
from portal.challenges.published import Published, published
from portal.challenges.search import asked
from portal.challenges.services import following
from portal.challenges.views.cards import cards
from portal.db import clock
from portal.law.calendar import london_date
from portal.text import tidy
from portal.web import PUBLIC, SIGNED_IN, Page, access, current_actor, db_session, page_number
from portal.web.filters import clock_time, long_date
from portal.web.headers import fresh_until
from portal.web.kept import kept_page

blueprint = Blueprint("challenges", __name__)

_ON_THE_FRONT = 6
_LONGEST_QUERY = 200


@blueprint.app_template_filter("closing")
def closing(deadline: datetime, today: date | None = None) -> str:
    """When an open challenge closes: the day and how many are left, or the hour where it is near."""
    left = (london_date(deadline) - (today or london_date(clock.now()))).days
    if left < 2:
        return f"Closes {'tomorrow' if left else 'today'} at {clock_time(deadline)}"
    return f"Closes {long_date(deadline)}, {left} days left"


@dataclass(frozen=True, slots=True)
class Asked:
    """The list's filters as the address has them, and what they mean; `wanted` is None where nothing can match."""

    q: str
    theme: str
    authority: str
    status: str
    wanted: Wanted | None

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.q or self.theme or self.authority or self.status)


@blueprint.get("/")
@access(PUBLIC)
def front() -> ResponseReturnValue:
    """What this is, what is open now, and where to begin."""
    found = page_of_challenges(db_session(), Wanted(status=Status.OPEN), size=_ON_THE_FRONT)
    fresh_until(found.changes_at)
    return kept_page(
        "challenges/front.html",
        found.page,
        lambda: {
            "page": found.page,
            "showcase": public.stages_of(Pathway.SHOWCASE),
            "direct": public.stages_of(Pathway.DIRECT),
        },
    )


@blueprint.get("/challenges")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    """Released challenges, newest first; whatever narrows the list stays in the address."""
    session = db_session()
    known = choices(session, shown=[(request.args.get("theme", ""), request.args.get("authority", ""))])
    filters = _filters(known)
    found = _found(filters.wanted)
    known = choices(session, shown=[(row.theme, row.lead) for row in found.page.items])
    fresh_until(found.changes_at)
    return kept_page(
        "challenges/list.html",
        (found.page, filters, known),
        lambda: {
            "page": found.page,
            "cards": cards(found.page.items),
            "filters": filters,
            "known": known,
            "statuses": Status,
        },
    )


@blueprint.get("/challenges/<reference>")
@access(PUBLIC, find=published)
def page(found: Published) -> ResponseReturnValue:
    """One challenge, as everybody may read it."""
    session, actor = db_session(), current_actor()
    for moment in (found.questions_until, found.deadline):
        fresh_until(moment if moment and moment > clock.now() else None)
    beside = {
        "stage": public.stage_reached(session, found),
        "questions": public.answered_questions(session, found.challenge),
        "moved": public.deadline_changes(session, found),
        "versions": public.versions(session, found.challenge),
        "related": public.related(session, found.challenge),
        "official": public.official(session, found),
        "follows": public.follows(session, actor, found.challenge),
        "for_firms": tuple(for_firms(session, actor, found.challenge)) if found.is_open else (),
    }
    return kept_page(
        "challenges/public.html",
        (public.made_of(session, found), *beside.values()),
        lambda: (
            beside
            | {
                "found": found,
                "challenge": found.challenge,
                "brief": public.brief_of(session, found),
                "stages": public.stages_of(found.challenge.pathway),
            }
        ),
    )


@blueprint.get("/challenges.atom")
@access(PUBLIC)
def feed() -> ResponseReturnValue:
    """The newest challenges as an Atom feed."""
    found = page_of_challenges(db_session(), Wanted(), size=feeds.IN_FEED)
    base, region = current_app.config["PORTAL_BASE_URL"], current_app.config["PORTAL_REGION"]
    content = feeds.atom(found.page.items, base=base, region=region, now=clock.now())
    return Response(content, mimetype="application/atom+xml")


@blueprint.get("/challenges/<reference>.ics")
@access(PUBLIC, find=published)
def calendar(found: Published) -> ResponseReturnValue:
    """The challenge's dates for a calendar."""
    challenge, base = found.challenge, current_app.config["PORTAL_BASE_URL"]
    content = feeds.calendar(
        _dates(found),
        reference=challenge.reference,
        title=challenge.title,
        address=f"{base}/challenges/{challenge.reference}",
        now=clock.now(),
    )
    named = {"Content-Disposition": f'attachment; filename="{challenge.reference}.ics"'}
    return Response(content, mimetype="text/calendar", headers=named)


@blueprint.post("/challenges/<reference>/follow")
@access(SIGNED_IN, find=published)
def follow(found: Published) -> ResponseReturnValue:
    """Be told of answers from now on."""
    following.follow(db_session(), current_actor(), found.challenge)
    flash("You will get an e-mail whenever a question about this challenge is answered.", "success")
    return redirect(url_for("challenges.page", reference=found.challenge.reference))


@blueprint.post("/challenges/<reference>/unfollow")
@access(SIGNED_IN, find=published)
def unfollow(found: Published) -> ResponseReturnValue:
    """Be told no longer."""
    following.unfollow(db_session(), current_actor(), found.challenge)
    flash("You will get no more e-mails about this challenge's questions.", "success")
    return redirect(url_for("challenges.page", reference=found.challenge.reference))


def _filters(known: Choices) -> Asked:
    q, theme, authority, status = (
        tidy(request.args.get(name, ""))[:_LONGEST_QUERY].strip() for name in ("q", "theme", "authority", "status")
    )
    body = known.authority(authority) if authority else None
    standing = next((each for each in Status if each.value == status), None)
    words = asked(q)
    impossible = (
        (q and not words)
        or (theme and theme not in known.themes)
        or (authority and body is None)
        or (status and standing is None)
    )
    wanted = None if impossible else Wanted(words, theme or None, body.id if body else None, standing)
    return Asked(q, theme, authority, status, wanted)


def _found(wanted: Wanted | None) -> Result:
    if wanted is None:
        return Result(Page((), 1, 1, 0, more=False), None)
    return page_of_challenges(db_session(), wanted, number=page_number())


def _dates(found: Published) -> list[tuple[str, datetime | date]]:
    deal = public.brief_of(db_session(), found).deal
    deadline_words = "Tenders close" if found.state.name == ChallengeState.TENDER else "Responses close"
    dates = (
        ("Last moment for questions", found.questions_until),
        (deadline_words, found.deadline),
        ("We tell you our decision", deal.decision_on if deal else None),
    )
    return [(words, moment) for words, moment in dates if moment is not None]
