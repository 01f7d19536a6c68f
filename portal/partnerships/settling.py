"""What has to be settled once a partner's work was ended, and what of it is."""

from dataclasses import dataclass

from portal.organisations.models import Organisation
from portal.partnerships.models import Matter, Partnership, SettledMatter


@dataclass(frozen=True, slots=True)
class Item:
    """One matter of one contract; `settled` is None while it is open. A share has its `member`."""

    matter: Matter
    member: Organisation | None
    settled: SettledMatter | None

    @property
    def title(self) -> str:
        """What is to be settled, by name."""
        return f"The share of {self.member.name}" if self.member else self.matter.title

    @property
    def key(self) -> str:
        """What tells it apart in an address."""
        return f"{self.matter.value}-{self.member.reference}" if self.member else self.matter.value


def items_of(contract: Partnership, members: list[Organisation]) -> list[Item]:
    """Every matter of a contract: one share for each member where there is more than one."""
    known = {(each.matter, each.organisation_id): each for each in contract.matters}
    wanted: list[tuple[Matter, Organisation | None]] = [(each, None) for each in Matter if each is not Matter.SHARE]
    if len(members) > 1:
        wanted += [(Matter.SHARE, each) for each in members]
    return [Item(matter, who, known.get((matter, who.id if who else None))) for matter, who in wanted]
