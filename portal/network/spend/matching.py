"""Finding out which names in an authority's payments are firms registered here.

The same company number or the very same name settles it; a name that is much alike is proposed to a person.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.network.spend.models import Match, Payee
from portal.network.spend.names import ALIKE, likeness, same_name, telling_words
from portal.organisations.models import Organisation

_AT_ONCE = 2_000


@dataclass
class Register:
    """The registered firms, found by number, by name and by the words of their names."""

    by_number: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: dict[int, frozenset[str]] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def match(self, payee: Payee) -> tuple[Match, int | None]:
        """What is known of a name, and of which firm."""
        if payee.company_number and payee.company_number in self.by_number:
            return Match.SURE, self.by_number[payee.company_number]
        same = self.by_name.get(payee.same_name, [])
        if len(same) == 1:
            return Match.SURE, same[0]
        if same:
            return Match.DOUBTFUL, same[0]
        own = telling_words(payee.name)
        candidates = {firm for word in own for firm in self.by_word.get(word, ())}
        scored = [(likeness(own, self.words[firm]), -firm) for firm in candidates]
        best, firm = max(scored, default=(0.0, 0))
        return (Match.DOUBTFUL, -firm) if best >= ALIKE else (Match.NONE, None)


def register_of(session: Session) -> Register:
    """Every firm that is registered with a name."""
    found = Register()
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.company_number)
        .where(Organisation.is_supplier, ~Organisation.provisional)
        .order_by(Organisation.id)
    )
    for key, name, number in rows:
        if number:
            found.by_number[number] = key
        found.by_name[same_name(name)].append(key)
        found.words[key] = telling_words(name)
        for word in found.words[key]:
            found.by_word[word].append(key)
    return found


def match_payees(session: Session, organisation_id: int) -> int:
    """Match every name of an authority of which nothing is known yet; answers how many were found."""
    register = register_of(session)
    found, after = 0, 0
    while rows := _unmatched(session, organisation_id, after):
        after = rows[-1].id
        changes: list[dict[str, Any]] = []
        for payee in rows:
            match, firm = register.match(payee)
            if match is not Match.NONE:
                changes.append({"id": payee.id, "matched": match, "firm_id": firm})
        if changes:
            session.execute(update(Payee), changes)
        found += len(changes)
    return found


def _unmatched(session: Session, organisation_id: int, after: int) -> Sequence[Payee]:
    return session.scalars(
        select(Payee)
        .where(Payee.organisation_id == organisation_id, Payee.matched == Match.NONE, Payee.id > after)
        .order_by(Payee.id)
        .limit(_AT_ONCE)
    ).all()
