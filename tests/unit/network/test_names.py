"""Names in payments against the names of firms."""

import pytest

from portal.network.spend.matching import Register
from portal.network.spend.models import Match, Payee
from portal.network.spend.names import same_name, telling_words


def register(*names: str) -> Register:
    made = Register()
    for key, name in enumerate(names, start=1):
        made.by_name[same_name(name)].append(key)
        made.words[key] = telling_words(name)
        for word in made.words[key]:
            made.by_word[word].append(key)
    made.by_number["01234567"] = 1
    return made


def payee(name: str, number: str = "") -> Payee:
    return Payee(name=name, same_name=same_name(name), company_number=number)


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("ALDERFORD DATA LTD.", "", (Match.SURE, 1)),
        ("Alderford Data Limited", "", (Match.SURE, 1)),
        ("Anything", "01234567", (Match.SURE, 1)),
        ("Alderford Data (UK)", "", (Match.DOUBTFUL, 1)),
        ("Data Alderford Services", "", (Match.DOUBTFUL, 1)),
        ("Alderford Garage Ltd", "", (Match.NONE, None)),
        ("Thornmere Makers", "", (Match.DOUBTFUL, 2)),
        ("Ltd", "", (Match.NONE, None)),
        ("!!!", "", (Match.NONE, None)),
    ],
)
def test_a_name_is_sure_doubtful_or_nobody(name: str, number: str, expected: tuple[Match, int | None]) -> None:
    assert register("Alderford Data Ltd", "The Thornmere Makers CIC").match(payee(name, number)) == expected


def test_two_firms_of_one_name_are_never_sure() -> None:
    assert register("Oak Homes Ltd", "Oak Homes Limited").match(payee("OAK HOMES LTD"))[0] is Match.DOUBTFUL
