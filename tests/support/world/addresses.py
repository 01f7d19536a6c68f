"""The address of every endpoint, filled in from the world, with what the oracle needs to know of what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from werkzeug.routing import Rule

from portal.accounts.models import LinkPurpose
from tests.support.world.people import FIRM, HERE, HUB, PARTNER_FIRM, RIVAL
from tests.support.world.region import World


@dataclass(frozen=True)
class Thing:
    """What stands behind an address: the challenge it belongs to, the firms or the one person whose own it is."""

    story: str = ""
    firms: tuple[str, ...] = ()
    body: str = ""
    person: str = ""
    opened: bool = False


@dataclass(frozen=True)
class Address:
    """One endpoint asked in one way about one thing."""

    endpoint: str
    method: str
    path: str
    thing: Thing

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.endpoint})"


@dataclass(frozen=True)
class Filled:
    """How endpoints of a pattern are addressed: each value is a key of `World.names`, or itself where it is none."""

    pattern: str
    thing: Thing
    values: dict[str, Any]


def _of(story: str, pattern: str, **values: Any) -> Filled:
    return Filled(pattern, Thing(story=story), {"reference": f"{story} challenge"} | values)


def _response(story: str, pattern: str, *, opened: bool = False, who: str = "firm", **values: Any) -> Filled:
    known = {"reference": f"{who}'s response at {story}", "file_reference": f"{who}'s file at {story}"}
    return Filled(pattern, Thing(story=story, firms=(FIRM,), opened=opened), known | values)


def _sheet(pattern: str) -> Filled:
    values = {"reference": "sheet at assessment", "position": 1, "file_reference": "firm's file at assessment"}
    return Filled(pattern, Thing(story="assessment", person="assessor"), values)


def _body(which: str, pattern: str, **values: Any) -> Filled:
    return Filled(pattern, Thing(body=which), {"reference": which} | values)


def _link(pattern: str, purpose: LinkPurpose) -> Filled:
    return Filled(pattern, Thing(), {"token": purpose.value})


def _panel(story: str, pattern: str) -> Filled:
    return _of(
        story,
        pattern,
        response=f"firm's response at {story}",
        position=1,
        member_id=f"panel member at {story}",
        sheet=f"sheet at {story}",
    )


_NOTICE = {"moment": "notice moment", "number": "notice number", "kind": "notice kind"}
_EVENT = {"reference": "event", "appearance_id": "appearance"}
_SHOWN = {"story": "showcase", "opened": True, "cost_id": "cost"}
_PLAN = {
    "plan_id": "plan at support",
    "move": "contact",
    "fact_id": "fact",
    "slot_id": "time on offer",
    "resource_id": "room",
    "session_id": "booked session",
    "milestone_id": "milestone",
    "to": "done",
}

_OWN_PLAN = {"session_id": "booked session", "milestone_id": "milestone", "to": "done"}

TABLE = (
    Filled("static", Thing(), {"filename": "static file"}),
    Filled("accounts.end", Thing(), {"key": 1}),
    *(_link(f"accounts.{each}", LinkPurpose.CONFIRM) for each in ("confirm", "person")),
    *(_link(f"accounts.{each}", LinkPurpose.START) for each in ("start", "go_on")),
    *(_link(f"accounts.{each}", LinkPurpose.RESET) for each in ("new_password", "reset")),
    *(_link(f"accounts.{each}", LinkPurpose.INVITE) for each in ("invitation", "accept")),
    _response("award", "assessment.feedback", opened=True),
    *(
        _sheet(f"assessment.{each}")
        for each in ("autosave", "criterion", "declare", "file", "lock", "recuse", "reopen", "score")
    ),
    Filled(
        "assessment.prepare",
        Thing(story="assessment", person="assessor"),
        {"member_id": "panel member at assessment"},
    ),
    _panel("tender_assessment", "assessment.tender.*"),
    _panel("assessment", "assessment.*"),
    _of("activated", "debriefs.of_challenge"),
    _response("activated", "debriefs.own", opened=True),
    _response("award", "debriefs.own", opened=True),
    _response("award", "debriefs.ask", opened=True),
    _response("activated", "debriefs.withdraw", opened=True),
    _response("activated", "debriefs.*", opened=True, reference="the debrief"),
    _of("award", "audit.*"),
    _of("award", "exclusions.ask"),
    _response("award", "exclusions.*", opened=True, reference="the supplier check"),
    _of("open", "brief.amend*"),
    _of("open", "brief.drop_amendment"),
    _of("open", "brief.extend"),
    _of("open", "brief.version*", number=1),
    _of("business_case", "brief.tender*"),
    _of("open", "brief.incident"),
    _of("articulation", "brief.*", notice="UK4", person="budget, key"),
    _of("business_case_direct", "business_cases.*comment*", number="comment"),
    _of("business_case", "business_cases.remove_contribution", number="contribution at business_case"),
    _of("business_case", "business_cases.remove_risk", number="risk at business_case"),
    _of("business_case", "business_cases.*", number="option at business_case", key="financial"),
    _of("open", "challenges.*"),
    _of("design_thinking", "design.bodies"),
    _of("design_thinking", "design.remove_body", body_id="the hub, key", part="support"),
    _of("design_thinking", "design.choose", key="question of thinking"),
    *(
        _of("design_thinking", f"design.{act}", kind=kind, key=f"{kind} of thinking")
        for act in ("add", "edit", "remove")
        for kind in ("session", "need", "question")
    ),
    _of("design_thinking", "design.*"),
    _response("award", "notices.summary", opened=True),
    _of("award", "notices.close_claim", number="claim"),
    _of("award", "notices.*", **_NOTICE),
    _body(FIRM, "organisations.ask_to_join"),
    _body(FIRM, "organisations.decide_join", key="join request"),
    _of("award", "open_data.draft", **_NOTICE),
    *(
        Filled(f"open_data.{each}", Thing(), {"release_id": "first release", "ocid": "ocid of open"})
        for each in ("release", "record")
    ),
    _body(HERE, "organisations.rename_directorate", key="directorate"),
    _body(HERE, "organisations.withdraw", key="to the council"),
    _body(FIRM, "organisations.withdraw", key="to join the firm"),
    *(
        _body(body, f"organisations.{act}", key=f"{who}, key", grant=f"grant of {who}")
        for act in ("end_role", "person", "remove")
        for body, who in ((HERE, "budget"), (FIRM, "firm-member"))
    ),
    _body(HERE, "organisations.add_directorate"),
    *(_body(body, "organisations.*") for body in (HERE, FIRM, HUB)),
    _body(HERE, "local.*", ring="own", key=1),
    _of("open", "matching.firms"),
    _of("open", "matching.tell"),
    Filled("matching.*", Thing(), {"key": 1, "token": "unsubscribe token"}),
    _body(FIRM, "register.supplier"),
    _body(FIRM, "register.*", code="30000000"),
    *(_body(HERE, f"events.{each}", event="buyer event") for each in ("inside", "times", "call_off")),
    Filled("events.time_calendar", Thing(firms=(FIRM,)), {"event": "buyer event", "time": "buyer time"}),
    Filled("events.*", Thing(firms=(FIRM, RIVAL, PARTNER_FIRM)), {"event": "buyer event", "time": "buyer time"}),
    _body(HERE, "joint.begin", proposal="joint proposal"),
    _body(HERE, "joint.withdraw", proposal="joint proposal"),
    _body(HERE, "joint.*", proposal="proposal of others"),
    _body(HERE, "needs.*", need="planned need"),
    Filled("insight.download", Thing(), {"figure": "stages"}),
    Filled("insight.of_bodies", Thing(), {"figure": "bodies"}),
    Filled("insight.circles", Thing(), {"reference": HERE}),
    *(
        Filled(f"hands_on.{each}", Thing(body=HUB, person="adviser"), {"key": "help case"})
        for each in ("case", "contacted", "offered")
    ),
    *(
        Filled(f"hands_on.{each}", Thing(firms=(FIRM,)), {"reference": "open challenge"})
        for each in ("help_offered", "agree")
    ),
    *(_body(HUB, f"hands_on.{each}", key="support offer") for each in ("own_offers", "add_offer", "remove_offer")),
    _of("articulation", "lotting.page"),
    _of("articulation", "reserving.*"),
    _of("articulation", "simpler.of_challenge"),
    _body(HERE, "simpler.*"),
    *(_body(HERE, f"spend.{each}", file_reference="payments read") for each in ("file", "remove")),
    _body(HERE, "spend.*", file_reference="payments sent", key="name in doubt"),
    _body(HERE, "patches.*"),
    _body(HERE, "opportunities.*", card="card"),
    _body(HERE, "options.one", option="shared-need"),
    _body(HERE, "options.judge", option="shared-need"),
    _body(HERE, "options.one", option="hands-on-support"),
    _body(HERE, "options.*", option="hands-on-support"),
    _of("award", "partnerships.award"),
    _of("award", "partnerships.contract", response="firm's response at award"),
    Filled(
        "partnerships.invoice*",
        Thing(story="activated", firms=(FIRM,), opened=True),
        {"reference": "the invoice"},
    ),
    *(
        Filled(f"partnerships.{each}", Thing(story="activated", firms=(FIRM,)), {"reference": "the change"})
        for each in ("change", "change_*")
    ),
    *(
        Filled(f"partnerships.{each}", Thing(story="activated", firms=(FIRM,)), {"reference": "the event"})
        for each in ("event", "event_*", "attach_event_file")
    ),
    *(
        Filled(f"partnerships.{each}", Thing(story="activated", firms=(FIRM,)), {"reference": "the benefit"})
        for each in ("benefit", "benefit_*")
    ),
    Filled(
        "partnerships.*",
        Thing(story="activated", firms=(FIRM,), opened=True),
        {"reference": "partnership", "number": 1, "matter": "property", "file_reference": "evidence"},
    ),
    _of("activated", "procurement.*", key="copy", number=1),
    _of("articulation", "pathways.*move", name="release"),
    _of("open", "pathways.*"),
    _of("open", "questions.*", question="the question asked"),
    *(_of(story, "responses.open*") for story in ("open", "closed", "assessment")),
    _of("assessment", "responses.outreach"),
    *(_of("open", f"responses.{each}") for each in ("start", "begin")),
    *(_response("assessment", f"responses.{each}", opened=True) for each in ("decide", "disclosable", "read")),
    *(
        Filled(f"responses.{each}", Thing(firms=(PARTNER_FIRM,)), {"key": "invitation at open"})
        for each in ("invited", "answer_invitation")
    ),
    *(Filled(f"responses.{each}", Thing(), {"key": "invitation at open"}) for each in ("enter", "be_let_in")),
    *(_of("assessment", f"responses.{each}") for each in ("clarifications", "clarify", "send_clarify")),
    *(_response("assessment", f"responses.{each}", opened=True) for each in ("hear", "hearing")),
    *(
        _response("assessment", f"responses.{each}", opened=True, reference="the clarification")
        for each in ("judge", "send_judge", "more_time", "give_more_time", "explain", "send_explanation")
    ),
    _response("open", "responses.download"),
    _response("assessment", "responses.download", opened=True),
    _response("open", "responses.*", number=1, key="summary", organisation=PARTNER_FIRM),
    *(
        Filled(f"showcases.{each}", Thing(story="showcase", person="assessor"), _EVENT)
        for each in ("declare", "lock", "save_scores", "score", "score_firm", "state", "take_changes", "worker")
    ),
    *(Filled(f"showcases.{each}", Thing(story="showcase"), _EVENT) for each in ("guest", "give_feedback")),
    Filled("showcases.event_calendar", Thing(story="showcase", person="assessor"), _EVENT),
    *(
        _response("showcase", f"showcases.{each}", opened=True, cost_id="cost")
        for each in ("own", "own_calendar", "add_cost", "remove_cost", "write_appearance")
    ),
    *(
        _response("showcase", f"showcases.{each}", opened=True, away_id=1, swap_id=1, answer="withdraw")
        for each in ("add_away", "remove_away", "ask_to_swap", "answer_swap")
    ),
    _of("showcase", "showcases.*", seat_id="seat", move="hold"),
    _of("articulation", "starting.*"),
    *(
        _response("support", f"support.{each}", opened=True, **_OWN_PLAN)
        for each in ("book", "give_back", "leave", "own_*")
    ),
    Filled("support.session_file", Thing(story="support", firms=(FIRM,), opened=True), _OWN_PLAN),
    _of("support", "support.*", **_PLAN),
    *(
        Filled(f"teaming.{each}", Thing(firms=(FIRM, RIVAL, PARTNER_FIRM)), {"reference": "open challenge"})
        for each in ("page", "say", "withdraw")
    ),
    Filled("teaming.*", Thing(firms=(FIRM,)), {"reference": "open challenge", "firm": RIVAL}),
    *(
        Filled(f"vouches.{each}", Thing(firms=(FIRM,), body=FIRM), {"reference": FIRM, "vouch": "vouch"})
        for each in ("own", "answer")
    ),
    _body(HERE, "vouches.*", vouch="vouch"),
    _of("open", "team.withdraw", key="to a challenge"),
    _of("open", "team.*", key="grant of assessor at open"),
)


def addresses(world: World) -> list[Address]:
    """Every endpoint with each of its methods. Raises `LookupError` for one the table cannot fill in."""
    if not world.asked:
        world.asked = [each for rule in world.app.url_map.iter_rules() for each in _of_rule(world, rule)]
    return world.asked


def _of_rule(world: World, rule: Rule) -> Iterator[Address]:
    for filled in _filled(rule):
        asked = rule.arguments - (rule.defaults or {}).keys()
        missing = asked - filled.values.keys()
        if missing:
            raise LookupError(f"{rule.endpoint} {rule.rule}: the table says nothing of {', '.join(sorted(missing))}.")
        values = {name: world.names.get(filled.values[name], filled.values[name]) for name in asked}
        with world.app.test_request_context():
            path = world.app.url_for(rule.endpoint, **values)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(rule.endpoint, method, path, filled.thing)


def _filled(rule: Rule) -> list[Filled]:
    fitting = [each for each in TABLE if fnmatch(rule.endpoint, each.pattern)]
    if not rule.arguments and not fitting:
        return [Filled(rule.endpoint, Thing(), {})]
    if not fitting:
        raise LookupError(f"{rule.endpoint} {rule.rule}: the table does not know this endpoint.")
    return [each for each in fitting if each.pattern == fitting[0].pattern]
