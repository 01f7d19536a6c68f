from datetime import datetime
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.machine import Refusal, Unmet
from tests.unit.look.conftest import Render


def stages(count: int) -> list[SimpleNamespace]:
    return [SimpleNamespace(number=number, title=f"Stage {number}") for number in range(1, count + 1)]


def test_a_button_submits_once_and_a_link_that_looks_like_one_leads(render: Render) -> None:
    page = render("{{ ui.button('Save', name='next', value='') }}{{ ui.button('Start', href='/x', kind='secondary') }}")
    assert page.one("button").attributes.items() >= {"name": "next", "value": "", "type": "submit"}.items()
    assert page.one("button").get("data-prevent-double-click") == "true"
    assert page.one("a").get("href") == "/x"
    assert page.one("a").has_class("govuk-button--secondary")


def test_texts_are_escaped(render: Render) -> None:
    page = render("{{ ui.tag('<b>') }}{{ ui.inset('<i>') }}{{ ui.summary_list([('<u>', '<s>')]) }}")
    assert [page.one("strong").text, page.one("dt").text, page.one("dd").text] == ["<b>", "<u>", "<s>"]


def test_a_state_says_its_title_in_its_tone(render: Render) -> None:
    page = render("{{ ui.state_tag(state) }}", state=SimpleNamespace(title="Open", tone="green"))
    assert page.one("strong", "govuk-tag--green").text == "Open"


def test_a_change_link_says_what_it_changes(render: Render) -> None:
    page = render("{{ ui.summary_list([{'key': 'Budget', 'value': '£1', 'href': '/b'}, ('Sponsor', 'Nobody')]) }}")
    assert page.one("a").text == "Change budget"
    assert [value.text for value in page.all("dd")] == ["£1", "Change budget", "Nobody"]


def test_a_task_is_described_by_its_hint_and_status(render: Render) -> None:
    items = [
        {
            "title": "Criteria",
            "href": "/c",
            "status": "To do",
            "tone": "blue",
            "hint": "Weights add up to 100",
        },
        {"title": "Release", "status": "Cannot start yet"},
    ]
    page = render("{{ ui.task_list(items) }}", items=items)
    described = page.one("a").get("aria-describedby").split()
    assert [page.by_id(name).text for name in described] == ["Weights add up to 100", "To do"]
    assert page.by_id("task-2-status").has_class("govuk-task-list__status--cannot-start-yet")


def test_a_table_has_a_caption_and_right_aligns_its_figures(render: Render) -> None:
    page = render("{{ ui.table('Payments', ['Phase', 'Sum'], [('Pilot', '£4')], numeric=[1]) }}")
    assert page.one("caption").text == "Payments"
    assert [cell.text for cell in page.all("td", "govuk-table__cell--numeric")] == ["£4"]
    assert [cell.get("scope") for cell in page.all("th")] == ["col", "col"]


def test_a_table_takes_rows_by_call_and_hides_its_caption(render: Render) -> None:
    page = render("{% call ui.table('Firms', ['Name'], caption_size=None) %}<tr><td>Ash</td></tr>{% endcall %}")
    assert page.one("td").text == "Ash"
    assert page.one("caption").has_class("govuk-visually-hidden")


@pytest.mark.parametrize(
    ("number", "total", "more", "has_next", "says", "leads"),
    [
        (1, 143, False, True, "Page 1 of 8 143 in all", ["2"]),
        (8, 143, False, False, "Page 8 of 8 143 in all", ["7"]),
        (2, 1000, True, True, "Page 2 more than 1,000 in all", ["1", "3"]),
    ],
)
def test_paging_keeps_what_was_searched(
    render: Render, number: int, total: int, more: bool, has_next: bool, says: str, leads: list[str]
) -> None:
    rows = SimpleNamespace(number=number, size=20, total=total, more=more, has_next=has_next)
    rows.total_text = "more than 1,000" if more else str(total)
    page = render("{{ ui.pagination(rows) }}", rows=rows)
    assert page.one("p").text == says
    queries = [parse_qs(urlsplit(link.get("href")).query) for link in page.all("a")]
    assert queries == [{"q": ["warm & dry"], "theme": ["a", "b"], "page": [lead]} for lead in leads]


def test_one_page_needs_no_paging(render: Render) -> None:
    rows = SimpleNamespace(number=1, size=20, total=3, more=False, has_next=False, total_text="3")
    assert not render("{{ ui.pagination(rows) }}", rows=rows).elements


def test_boxes_take_a_text_or_a_body(render: Render) -> None:
    page = render(
        "{{ ui.details('More', 'text') }}{% call ui.inset() %}<p>body</p>{% endcall %}"
        "{{ ui.warning('Final') }}{{ ui.empty('Nothing yet', 'Come back', ('All', '/all')) }}"
    )
    assert page.one("details").text == "More text"
    assert page.one("div", "govuk-inset-text").text == "body"
    assert page.one("strong").text == "Warning Final"
    assert page.one("a").get("href") == "/all"


def test_a_confirmation_is_the_page_heading(render: Render) -> None:
    assert render("{{ ui.panel('Sent', 'Your receipt is K7QX') }}").one("h1").text == "Sent"


MISSING = (
    Unmet("criteria", "The criteria add up to 100.", "brief.criteria#weights", ("Now they add up to 90.",)),
    Unmet("another_person", "Another person must agree first.", ""),
)


def test_a_refusal_lists_everything_missing_with_its_link(render: Render) -> None:
    for items in (MISSING, Refusal("release", "Release", MISSING)):
        page = render("{{ ui.refusal(items, 'SC-2026-014') }}", items=items)
        assert [item.text for item in page.all("li", "app-missing__item")] == [
            "The criteria add up to 100.Now they add up to 90.",
            "Another person must agree first.",
        ]
        assert page.one("a").get("href") == "/brief.criteria/SC-2026-014#weights"


def test_what_is_missing_has_no_links_where_the_subject_is_not_known(render: Render) -> None:
    assert not render("{{ ui.missing(items) }}", items=MISSING).all("a")


def test_a_card_shows_its_tag_and_facts(render: Render) -> None:
    page = render(
        "{% call ui.card('Warm homes', '/w', tag=ui.tag('Open', 'green'), meta=['Housing']) %}<p>Why</p>{% endcall %}"
    )
    assert page.one("h2").text == "Warm homes"
    assert page.one("strong").text == "Open"
    assert page.one("li").text == "Housing"


def test_the_deal_is_a_list_of_terms(render: Render) -> None:
    page = render("{{ ui.deal([('Paid', 'Yes, £8,000')]) }}")
    assert (page.one("dt").text, page.one("dd").text) == ("Paid", "Yes, £8,000")


def test_the_front_page_greets_with_its_heading_and_figures(render: Render) -> None:
    page = render(
        "{% call ui.intro('Bring a problem', 'Or an answer') %}"
        "{{ ui.button('Look', href='/c') }}{% endcall %}"
        "{{ ui.figures([('open challenges', 4)]) }}"
    )
    assert page.one("h1").text == "Bring a problem"
    assert page.one("a").get("href") == "/c"
    assert (page.one("dt").text, page.one("dd").text) == ("open challenges", "4")


def test_the_demonstrations_people_are_buttons_that_send_their_address(render: Render) -> None:
    page = render("{{ ui.people([{'name': 'A', 'email': 'a+b@demo.example', 'role': 'Owner'}]) }}")
    assert (page.one("button").get("name"), page.one("button").get("value")) == ("email", "a+b@demo.example")


@pytest.mark.parametrize("count", [4, 7])
def test_the_pathway_says_where_one_is(render: Render, count: int) -> None:
    page = render("{{ ui.progress(stages, 2) }}", stages=stages(count))
    assert [stage.text for stage in page.all("li")][:3] == [
        "Stage 1 Done",
        "2 Stage 2 You are here",
        "3 Stage 3 To come",
    ]
    assert [stage.get("aria-current") for stage in page.all("li")] == ["", "step"] + [""] * (count - 2)


def test_a_pathway_that_ended_early_or_is_all_done_says_so(render: Render) -> None:
    ended = render("{{ ui.progress(stages, 3, ended='Ended: not funded') }}", stages=stages(4))
    assert "Ended: not funded" in ended.all("li")[2].text
    assert ended.all("li")[3].text.endswith("Not reached")
    ahead = render("{{ ui.progress(stages, 0) }}", stages=stages(4))
    assert all(stage.text.endswith("To come") for stage in ahead.all("li"))
    done = render("{{ ui.progress(stages) }}", stages=stages(4))
    assert all(stage.text.endswith("Done") for stage in done.all("li"))


def test_a_time_line_gives_times_to_machines_too(render: Render, noon: datetime) -> None:
    events = [
        {"title": "Released", "when": noon, "by": "procurement"},
        {"title": "Moved", "when": "last week", "text": "Why"},
    ]
    page = render("{{ ui.timeline(events) }}", events=events)
    assert page.one("time").get("datetime") == "2026-12-04T12:00:00+00:00"
    assert page.all("li")[0].text == "Released 12:00 on 04.12.2026, procurement"
    assert page.all("li")[1].text == "Moved last week Why"


def test_bars_carry_their_figures_and_never_overflow(render: Render) -> None:
    rows = [{"label": "Need", "value": 4, "text": "4 of 5"}, {"label": "Price", "value": 9, "text": None}]
    page = render("{{ ui.bars('Scores', rows, most=5) }}", rows=rows)
    assert [bar.get("width") for bar in page.all("rect", "app-bars__fill")] == ["80.0%", "100.0%"]
    assert [cell.text for cell in page.all("td")] == ["4 of 5", "9"]


def test_bars_of_nothing(render: Render) -> None:
    page = render("{{ ui.bars('Scores', rows) }}", rows=[{"label": "Need", "value": 0, "text": None}])
    assert page.one("rect", "app-bars__fill").get("width") == "0%"
    assert page.one("td").text == "0"


def test_the_way_between_pages_folds_into_a_menu_that_names_the_page(render: Render) -> None:
    items = [
        {"href": "/brief", "text": "Brief", "here": False},
        {"href": "/assessment", "text": "Assessment", "here": True},
    ]
    page = render("{{ ui.sections('This challenge', items) }}", items=items)
    assert page.one("summary").text == "Menu: Assessment"
    assert page.one("nav").get("aria-label") == "This challenge"
    here = [link.text for link in page.all("a", "app-sections__link") if link.get("aria-current")]
    assert here == ["Assessment", "Assessment"]  # once in the list for wide windows, once in the folded one
    lost = render("{{ ui.sections('This challenge', items) }}", items=[items[0]])
    assert lost.one("summary").text == "Menu: This challenge"
