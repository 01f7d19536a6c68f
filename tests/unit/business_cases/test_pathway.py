import pytest

from portal.business_cases.models import CaseOption
from portal.business_cases.models.options import same_every_year
from portal.business_cases.pathway import SHORT_CASE, SHORT_CASE_BELOW_PENCE, SectionKey, sections_for


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, tuple(SectionKey)),
        (1, SHORT_CASE),
        (SHORT_CASE_BELOW_PENCE - 1, SHORT_CASE),
        (SHORT_CASE_BELOW_PENCE, tuple(SectionKey)),
    ],
)
def test_a_small_amount_needs_three_sections_and_any_other_all_five(
    amount: int | None, expected: tuple[SectionKey, ...]
) -> None:
    assert sections_for(amount) == expected


def test_an_option_costs_what_it_costs_once_and_in_every_year() -> None:
    assert CaseOption(money=same_every_year(1_50, 33, years=3)).total_pence == 2_49
