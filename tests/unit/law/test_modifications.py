"""Which changes of contract are substantial and which need a notice first, at the edges of the Act's per cents."""

from datetime import date

import pytest

from portal.law.endings import contract_termination_due
from portal.law.modifications import (
    Modification,
    ModificationGround,
    OptionTerms,
    change_notice_due,
    is_substantial,
    option_notice_due,
    rules_apply,
)
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing

NOT_SUBSTANTIAL = ModificationGround.NOT_SUBSTANTIAL


def change(value: int = 100, days: int = 100, *, value_before: int = 100, days_before: int = 100) -> Modification:
    return Modification(100, value_before, value, 100, days_before, days)


@pytest.mark.parametrize(
    ("made", "contract", "due"),
    [
        (change(), ContractKind.SERVICES, False),
        (change(110), ContractKind.SERVICES, False),
        (change(111), ContractKind.SERVICES, True),
        (change(90), ContractKind.GOODS, False),
        (change(89), ContractKind.GOODS, True),
        (change(115), ContractKind.WORKS, False),
        (change(116), ContractKind.WORKS, True),
        (change(100, 110), ContractKind.SERVICES, False),
        (change(100, 111), ContractKind.SERVICES, True),
        (change(120, value_before=110), ContractKind.SERVICES, True),
        (change(100, value_before=120), ContractKind.SERVICES, True),
    ],
)
def test_a_notice_is_due_beyond_ten_per_cent_alone_or_with_earlier_changes(
    made: Modification, contract: ContractKind, due: bool
) -> None:
    assert change_notice_due(made, contract, NOT_SUBSTANTIAL) is due


def test_another_firm_on_restructuring_always_needs_the_notice() -> None:
    assert change_notice_due(change(), ContractKind.SERVICES, ModificationGround.RESTRUCTURING)


@pytest.mark.parametrize(
    ("days", "scope", "favours", "substantial"),
    [
        (110, False, False, False),
        (111, False, False, True),
        (89, False, False, True),
        (100, True, False, True),
        (100, False, True, True),
    ],
)
def test_what_is_substantial(days: int, scope: bool, favours: bool, substantial: bool) -> None:
    assert is_substantial(change(days=days), scope=scope, favours_firm=favours) is substantial


@pytest.mark.parametrize(
    ("kind", "contract", "standing", "apply"),
    [
        (ReleaseKind.FIRST_ROUND, ContractKind.SERVICES, Standing.ABOVE_THRESHOLD, True),
        (ReleaseKind.FIRST_ROUND, ContractKind.LIGHT_TOUCH, Standing.ABOVE_THRESHOLD, False),
        (ReleaseKind.EXEMPT, ContractKind.SERVICES, Standing.ABOVE_THRESHOLD, False),
        (ReleaseKind.BELOW_THRESHOLD, ContractKind.SERVICES, Standing.NOTIFIABLE, False),
    ],
)
def test_which_contracts_the_rules_are_about(
    kind: ReleaseKind, contract: ContractKind, standing: Standing, apply: bool
) -> None:
    assert rules_apply(kind, contract, standing) is apply


def test_the_end_of_a_public_contract_is_noticed_within_thirty_days() -> None:
    ended = date(2027, 3, 1)
    assert contract_termination_due(ended, ReleaseKind.PROTOTYPE, Standing.ABOVE_THRESHOLD) == date(2027, 3, 30)
    assert contract_termination_due(ended, ReleaseKind.EXEMPT, Standing.ABOVE_THRESHOLD) is None
    assert contract_termination_due(ended, ReleaseKind.BELOW_THRESHOLD, Standing.NOTIFIABLE) is None


LEVEL, UNTIL = "Nine in ten.", date(2027, 12, 31)


@pytest.mark.parametrize(
    ("kind", "ground", "after", "due"),
    [
        (ContractKind.SERVICES, ModificationGround.PROVIDED_FOR, OptionTerms(LEVEL, 110_00, UNTIL), False),
        (ContractKind.SERVICES, ModificationGround.PROVIDED_FOR, OptionTerms(LEVEL, 110_01, UNTIL), True),
        (ContractKind.WORKS, ModificationGround.PROVIDED_FOR, OptionTerms(LEVEL, 115_00, UNTIL), False),
        (ContractKind.SERVICES, ModificationGround.PROVIDED_FOR, OptionTerms(LEVEL, 89_99, UNTIL), True),
        (ContractKind.SERVICES, ModificationGround.RESTRUCTURING, OptionTerms(LEVEL, 100_00, UNTIL), True),
        (ContractKind.SERVICES, ModificationGround.PROVIDED_FOR, OptionTerms("Eight.", 100_00, UNTIL), True),
        (ContractKind.SERVICES, ModificationGround.PROVIDED_FOR, OptionTerms(LEVEL, 100_00, date(2028, 1, 1)), True),
    ],
)
def test_a_purchase_option_is_altered_after_its_notice(
    kind: ContractKind, ground: ModificationGround, after: OptionTerms, due: bool
) -> None:
    before = OptionTerms(LEVEL, 100_00, UNTIL)
    assert option_notice_due(before, before, after, kind, ground) is due
