"""The partners' canary: nothing that one partner wrote, owes, or is told is found by another, whatever the way.

Generated over all routes: every page there is, filled in with whatever belongs to either partner, is asked for by the
other one's people, and so is what anybody can read.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.db import Database
from portal.files.arrived import Arrived
from portal.law.modifications import ModificationGround
from portal.mail.sending import rendered
from portal.organisations.models import Organisation
from portal.outbox import OutboxMessage, worded
from portal.partnerships import services as partnering
from portal.partnerships.models import EvidenceFile, Matter, SeenBenefit
from portal.partnerships.pathway import EventKind
from portal.partnerships.plans import ChangePlan, Happening, Payment, Seen
from portal.partnerships.services import benefits, changes, events, evidence, payments
from portal.policy import Role
from portal.responses.models import Response
from portal.responses.sections import criterion_key
from portal.web.uploads import file_store
from tests.support import make
from tests.support.awarded import MONDAY
from tests.support.partnered import SIGNED, Partners, ask_for_skills, partners
from tests.support.visit import Visit

WORDS = (
    "amberwort",  # invoice number
    "brindlecap",  # dispute
    "cindermoss",  # settlement of the dispute
    "duskthistle",  # what happened
    "embervine",  # evidence of it
    "fennelroot",  # what the firm says
    "gorseling",  # decision
    "hazelmint",  # title of a change
    "iriswick",  # why it changes
    "junipearl",  # what was delivered
    "kelpstone",  # gate
    "larkspurry",  # benefit the authority keeps to itself
    "mallowby",  # lessons
    "nettlefen",  # matter settled
    "oakmantle",  # why the work was ended
    "pimpernel",  # what the firm promised as social value
    "quillwort",  # what it reports, and how one can tell
    "rushmoor",  # why that was not confirmed
    "sorrelby",  # a benefit the authority shows it
    "7391846",  # an amount of pounds
    "orchidane",  # the name of a file that shows a target
    "peatbloom",  # what is in it
    "quincewood",  # the name of a file about what happened
    "rushlark",  # what is in it
)


@pytest.fixture
def made(app: Flask, database: Database) -> Partners:
    """Two partners, everything that can happen to the first, and nothing to the second."""
    with app.app_context(), database.writing() as session:
        made = partners(session, firms=2)
        asked = ask_for_skills(session, made)
        for promise, response in zip(("pimpernel", "Other words."), made.award.responses, strict=True):
            sections = {criterion_key(asked): promise}
            make.snapshot(session, session.get_one(Response, response), sections=sections)
        _work(session, made)
        _pay(session, made)
        _change(session, made)
        _happen(session, made)
        _report(session, made, asked)
        _end(session, made)
        return made


def _report(session: Any, made: Partners, asked: int) -> None:
    contract, firm, officer = made.contract(session), made.firm(session), made.officer(session)
    seen = Seen(SIGNED, "quillwort", "quillwort", criterion_id=asked)
    benefits.report_benefit(session, firm, contract, seen)
    benefits.confirm_benefit(session, officer, benefits.report_benefit(session, firm, contract, seen))
    benefits.send_benefit_back(session, officer, benefits.report_benefit(session, firm, contract, seen), "rushmoor")
    benefits.see_benefit(session, officer, contract, Seen(SIGNED, "sorrelby", "sorrelby"))


def _work(session: Any, made: Partners) -> None:
    contract, owner, officer = made.contract(session), made.owner(session), made.officer(session)
    phase = contract.phases[0]
    partnering.start_phase(session, owner, phase)
    evidence.attach_to_target(session, made.firm(session), phase, 1, came("orchidane", "peatbloom"))
    partnering.deliver(session, owner, phase, "junipearl")
    for actor in (owner, officer):
        partnering.review(session, actor, phase, "pass", "kelpstone", {1: True})


def came(name: str, words: str) -> Arrived:
    """A file with these words, as it came in."""
    kept = file_store().put(BytesIO(words.encode()))
    return Arrived(kept.digest, kept.size, "text/plain", f"{name}.txt")


def _pay(session: Any, made: Partners) -> None:
    officer = made.officer(session)
    invoice = made.invoice(session, number="amberwort", amount_pence=739_184_652)
    payments.dispute(session, officer, invoice, "brindlecap", invoice.version)
    payments.settle(session, officer, invoice, "cindermoss", 739_184_652, invoice.version)
    paid = made.invoice(session, number="paid amberwort", amount_pence=100)
    payments.pay(session, officer, paid, Payment(SIGNED, 100), paid.version)


def _change(session: Any, made: Partners) -> None:
    plan = ChangePlan(
        "hazelmint", "iriswick", {2: (date(2027, 7, 1), 2_000_000)}, False, False, ModificationGround.OUTSIDE
    )
    change = changes.propose(session, made.officer(session), made.contract(session), plan)
    lead = session.get_one(Organisation, made.award.challenge(session).lead_id)
    second = actor_of(session, make.person_as(session, Role.PROCUREMENT_OFFICER, lead))
    changes.decide(session, second, change, agreed=True, reason="iriswick", version=change.version)


def _happen(session: Any, made: Partners) -> None:
    happening = Happening(EventKind.BREACH, SIGNED, "duskthistle", "embervine", MONDAY + timedelta(days=7))
    event = events.record_event(session, made.officer(session), made.contract(session), happening)
    evidence.attach_to_event(session, made.officer(session), event, came("quincewood", "rushlark"))
    events.answer_event(session, made.firm(session), event, "fennelroot")
    events.decide_event(session, made.officer(session), event, suspend=True, reason="gorseling")


def _end(session: Any, made: Partners) -> None:
    contract, officer = made.contract(session), made.officer(session)
    benefits.see_benefit(
        session, officer, contract, Seen(SIGNED, "larkspurry", "larkspurry", 739_184_600, shown_to_firm=False)
    )
    benefits.write_lessons(session, officer, contract, "mallowby")
    for actor in (made.owner(session), officer):
        partnering.end_work(session, actor, contract, "oakmantle")
    events.settle_matter(session, officer, contract, Matter.PROPERTY, None, "nettlefen")


def known_values(database: Database, made: Partners) -> dict[str, list[str]]:
    """What something of either partner, or of their challenge, can be asked for by, by where its pages stand."""
    with database.reading() as session:
        responses = [session.get_one(Response, each) for each in made.award.responses]
        contracts = [made.contract(session, which) for which in range(2)]
        rows: list[Any] = [row for each in contracts for row in (*each.invoices, *each.changes, *each.events)]
        rows += session.scalars(select(SeenBenefit).order_by(SeenBenefit.id)).all()
        return {
            "file_reference": [
                each.file.reference
                for each in session.scalars(select(EvidenceFile).order_by(EvidenceFile.id))
                if each.partnership_id == contracts[0].id
            ],
            "/challenges/": [made.award.challenge(session).reference],
            "/responses/": [each.reference for each in responses],
            "/organisations/": [session.get_one(Organisation, each.organisation_id).reference for each in responses],
            "/partnerships/": made.references,
            "": [*made.references, *(each.reference for each in rows)],
        }


def paths(app: Flask, known: dict[str, list[str]]) -> Iterator[str]:
    """Every page, with each of the values that may stand in it for its names, and 1 for its numbers."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        values = next(found for start, found in known.items() if rule.rule.startswith(start))
        for value in values if rule.arguments else [""]:
            for file in known["file_reference"] if "file_reference" in rule.arguments else [""]:
                yield _filled(app, rule, value, file)


def _filled(app: Flask, rule: Rule, value: str, file: str) -> str:
    fixed: dict[str, Any] = {"matter": "property", "moment": "contract_end", "kind": "UK11", "file_reference": file}
    asked = rule.arguments - (rule.defaults or {}).keys()
    given = {name: _part(rule._converters[name], fixed.get(name, value)) for name in asked}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **given)


def _part(converter: BaseConverter, value: str) -> Any:
    """What may stand in this place of an address: a number, one of the words it takes, or the value."""
    if isinstance(converter, IntegerConverter):
        return 1
    return value if not isinstance(converter, AnyConverter) or value in converter.items else min(converter.items)


def told(client: FlaskClient, asked: Iterator[str]) -> list[str]:
    """Every page that shows one of the words, with the words."""
    found = []
    for path in asked:
        answer = client.get(path)
        text = answer.get_data().decode("utf-8", "replace").casefold().replace(",", "")
        answer.close()
        assert answer.status_code < 500, path
        if words := [each for each in WORDS if each in text]:
            found.append(f"{path}: {words}")
    return found


def test_another_partner_and_the_public_are_shown_nothing(
    app: Flask, database: Database, made: Partners, visit: Visit
) -> None:
    values = known_values(database, made)
    rival = visit(made.award.people[1])
    assert told(rival, paths(app, values)) == []
    assert told(app.test_client(), paths(app, values)) == []


def test_the_partner_itself_and_the_officer_find_the_words(
    app: Flask, database: Database, made: Partners, visit: Visit
) -> None:
    """Else the test above would look for something that nobody could find."""
    values = known_values(database, made)
    own = " ".join(told(visit(made.award.people[0]), paths(app, values)))
    inside = " ".join(told(visit(made.award.officer_id), paths(app, values)))
    secret = {"larkspurry", "mallowby"}
    assert [each for each in WORDS if each not in own] == sorted(secret)
    assert [each for each in WORDS if each not in inside] == []


def test_no_mail_to_another_partner_holds_a_word(app: Flask, database: Database, made: Partners) -> None:
    with app.app_context(), database.reading() as session:
        rival = session.get_one(Person, made.award.people[1])
        letters = 0
        for row in session.scalars(select(OutboxMessage).where(OutboxMessage.to_person_id == rival.id)):
            mail = worded(session, row.kind, json.loads(row.parameters))
            if mail is not None:
                letters += 1
                text = f"{mail.subject} {mail.path} {rendered(mail, rival.name)}".casefold()
                assert [each for each in (*WORDS, made.references[0].casefold()) if each in text] == []
        assert letters
