"""Categories in the order of the chance that lies in them, with what is not known of it."""

from portal.network.spend.queries import Paid
from portal.network.spend.ranking import Chance, Firm, chances, fitting, paragraph, whole_pounds


def firm(key: int, words: str) -> Firm:
    from portal.network.spend.ranking import _stems

    return Firm(key, f"F{key}", f"Firm {key}", _stems(words))


FIRMS = [firm(1, "Building repairs"), firm(2, "We repair roofs"), firm(3, "Repairs"), firm(4, "Catering")]


def paid(name: str, others: int, doubtful: int = 0, here: int = 0) -> Paid:
    return Paid(name, here, doubtful, others, 3)


def test_money_is_weighed_by_how_many_firms_here_it_fits() -> None:
    found = chances(
        [paid("Gas", 9_000_000), paid("Catering", 2_000_000), paid("Repair of buildings", 1_000_000)], FIRMS
    )
    assert [each.paid.name for each in found] == ["Repair of buildings", "Catering", "Gas"]
    assert [each.firms for each in found] == [3, 1, 0]


def test_a_figure_is_a_range_while_names_are_in_doubt() -> None:
    certain, doubtful = Chance(paid("x", 10_050), 1), Chance(paid("x", 10_000, doubtful=5_000), 1)
    assert certain.range_words == "£100"
    assert doubtful.range_words == "£100 to £150"


def test_credits_never_make_a_figure_fall_below_nothing() -> None:
    found = Chance(paid("x", -5_000, doubtful=-100), 3)
    assert (found.least, found.most, found.score) == (0, 0, 0)
    assert whole_pounds(-150) == "-£1"


def test_words_that_tell_nothing_fit_nobody() -> None:
    assert fitting("Other general services", [*FIRMS, firm(5, "General services for all")]) == []
    assert fitting("", FIRMS) == []


def test_the_paragraph_says_what_it_does_not_know() -> None:
    said = paragraph("Evenholt Council", 2022, Chance(paid("Repairs", 10_000, doubtful=5_000), 3), FIRMS[:3])
    assert "£100 to £150 went to suppliers that are not registered" in said
    assert "may still be local" in said
    assert "would have to be grown" in paragraph("Evenholt Council", 2022, Chance(paid("Gas", 1), 0), [])
