"""Why firms withdraw: counts alone, and none that is small."""

from sqlalchemy.orm import Session

from portal.insight.figures import FEWEST, Bar, Figure, told
from portal.responses.models import WithdrawalReason
from portal.responses.withdrawals import withdrawn_for


def withdrawals(session: Session) -> Figure:
    """Withdrawn responses by the reason given, over the whole region."""
    counts = withdrawn_for(session)
    words = {None: "No reason given"} | {each: each.label for each in WithdrawalReason}
    found = tuple((words[reason], number) for reason, number in counts.most_common() if number)
    hidden = [number for _words, number in found if number < FEWEST]
    # A single hidden line could be worked out from the total, so the total is told only where it gives nothing away.
    total = sum(counts.values())
    lines = tuple((each, told(number)) for each, number in sorted(found, key=lambda line: (line[1] < FEWEST, line[0])))
    lines = (*lines, ("All reasons together", told(total) if not hidden else "not told")) if found else ()
    return Figure(
        "withdrawals",
        "Withdrawals, and why",
        "Responses",
        ("Reason", "Responses"),
        lines,
        tuple(Bar(each, number, f"{number:,}") for each, number in found if number >= FEWEST),
        (
            f"Counts below {FEWEST} are hidden, so that nobody can be recognised.",
            "Challenges that still take responses, or whose responses are not opened yet, are left out.",
        ),
    )
