"""Thirty days from the day of receipt, against dates counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.money import Vat, on_basis, with_vat
from portal.law.payments import days_late, payment_due

days = st.dates(date(2025, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("received", "falls_due", "disputed", "due"),
    [
        (date(2026, 6, 1), None, 0, date(2026, 6, 30)),
        (date(2026, 11, 23), None, 0, date(2026, 12, 22)),
        (date(2027, 2, 1), None, 0, date(2027, 3, 2)),
        (date(2026, 6, 1), date(2026, 6, 10), 0, date(2026, 7, 9)),
        (date(2026, 6, 1), date(2026, 5, 10), 0, date(2026, 6, 30)),
        (date(2026, 6, 1), None, 9, date(2026, 7, 9)),
    ],
)
def test_thirty_days_begin_with_the_later_of_receipt_and_the_invoices_own_day(
    received: date, falls_due: date | None, disputed: int, due: date
) -> None:
    assert payment_due(received, falls_due, disputed_days=disputed) == due


@given(days, st.integers(0, 400))
def test_a_payment_is_late_from_the_day_after_its_last(received: date, after: int) -> None:
    due = payment_due(received)
    assert days_late(due, due + timedelta(days=after)) == after
    assert days_late(due, received) == 0


def test_a_dispute_cannot_end_before_it_began() -> None:
    with pytest.raises(ValueError, match="before it began"):
        payment_due(date(2026, 6, 1), disputed_days=-1)


@given(st.integers(0, 10**12))
def test_an_amount_comes_back_from_the_other_vat_basis(pence: int) -> None:
    assert on_basis(with_vat(pence, Vat.EXCLUSIVE), Vat.INCLUSIVE, Vat.EXCLUSIVE) == pence
    assert on_basis(pence, Vat.NOT_APPLICABLE, Vat.EXCLUSIVE) == pence
    assert on_basis(pence, Vat.EXCLUSIVE, Vat.INCLUSIVE) == with_vat(pence, Vat.EXCLUSIVE)


def test_amounts_are_not_negative() -> None:
    assert on_basis(12_000, Vat.INCLUSIVE, Vat.EXCLUSIVE) == 10_000
    with pytest.raises(ValueError, match="negative"):
        on_basis(-1, Vat.INCLUSIVE, Vat.EXCLUSIVE)
