"""Asking Companies House: what it answers, and what is said when it does not."""

import json
import urllib.error
import urllib.request
from email.message import Message

import pytest

from portal.law.companies import size
from portal.network.register.companies_house import ByHand, NotReached, PublicDataApi

ANSWER = {"company_name": "CAWDALE MAKERS LTD", "company_status": "active"}


def answering(content: bytes) -> PublicDataApi:
    return PublicDataApi("key", lambda _request: content)


def test_a_company_is_read_from_the_answer() -> None:
    asked: list[urllib.request.Request] = []

    def fetch(request: urllib.request.Request) -> bytes:
        asked.append(request)
        return json.dumps(ANSWER | {"registered_office_address": {"postal_code": "ec1a1bb"}}).encode()

    found = PublicDataApi("a key", fetch).company("01234567")
    assert found is not None
    assert (found.name, found.status, found.postcode) == ("CAWDALE MAKERS LTD", "active", "EC1A 1BB")
    assert asked[0].full_url == "https://api.company-information.service.gov.uk/company/01234567"
    assert asked[0].get_header("Authorization") == "Basic YSBrZXk6"


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"{}", b'{"company_name": 4}'])
def test_an_answer_that_makes_no_sense_is_no_company(content: bytes) -> None:
    with pytest.raises(NotReached):
        answering(content).company("01234567")


@pytest.mark.parametrize("office", [None, {}, "here", {"postal_code": None}, {"postal_code": "nowhere"}])
def test_an_office_without_a_postcode_is_one_without(office: object) -> None:
    found = answering(json.dumps(ANSWER | {"registered_office_address": office}).encode()).company("01234567")
    assert found is not None
    assert found.postcode is None


@pytest.mark.parametrize(("code", "unknown"), [(404, True), (401, False), (429, False), (500, False)])
def test_a_number_nobody_has_differs_from_a_register_that_fails(code: int, unknown: bool) -> None:
    def fetch(request: urllib.request.Request) -> bytes:
        raise urllib.error.HTTPError(request.full_url, code, "said", Message(), None)

    if unknown:
        assert PublicDataApi("key", fetch).company("01234567") is None
    else:
        with pytest.raises(NotReached):
            PublicDataApi("key", fetch).company("01234567")


def test_without_a_key_nobody_is_asked() -> None:
    assert ByHand().company("01234567") is None


@pytest.mark.parametrize(
    ("people", "label"),
    [
        (None, None),
        (0, "micro"),
        (10, "micro"),
        (11, "small"),
        (50, "small"),
        (51, "medium"),
        (250, "medium"),
        (251, "large"),
    ],
)
def test_a_size_is_told_by_the_number_of_people(people: int | None, label: str | None) -> None:
    assert size(people) == label
