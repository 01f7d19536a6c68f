"""What happens next with a response that was received, as it is true at the moment somebody looks at its receipt."""

from datetime import datetime

from portal.challenges.pathway import ENDS
from portal.responses.models import Response
from portal.responses.queries import is_open, shown_to_the_firm
from portal.web.filters import long_date

_SCORES = "You get your own scores with reasons, whatever is decided."
_TOLD = {
    "ineligible": "It was found not eligible. The page of your response says why.",
    "not_chosen": "It was scored, and it was not chosen. The page of your response leads to your scores and reasons.",
    "chosen": "It was chosen. The page of your response leads to your scores and to what comes now.",
    "partner": "It won a contract. The page of your response leads to your partnership.",
}


def next_of(response: Response, now: datetime) -> list[str]:
    """What a firm may still do with what it submitted, who can read it, and what comes next, in sentences.

    It says no more of what was decided than the firm has been told.
    """
    state = shown_to_the_firm(response).name
    if is_open(response.challenge, response.round, now):
        return _while_open(withdrawn=state == "withdrawn")
    if state == "withdrawn":
        return ["You withdrew this response, so nobody reads it and it is not scored."]
    if state == "opened":
        return [_opened(response), f"It is checked and scored. {_SCORES}"]
    if state in _TOLD:
        return [_opened(response), _TOLD[state]]
    if response.challenge.state in ENDS:
        return ["The challenge ended before anybody opened the responses, so nobody has read yours."]
    return [
        "Responses have closed, and yours can no longer be changed. The last copy received in time counts.",
        f"Nobody can read it before two people open all responses. Then it is checked and scored. {_SCORES}",
    ]


def _while_open(*, withdrawn: bool) -> list[str]:
    if withdrawn:
        return ["You withdrew this response. Until the deadline you can submit it again; otherwise nobody reads it."]
    return [
        "Until the deadline you can change your response and submit it again. The last copy received in time counts.",
        "Nobody can read it before two people open all responses after the deadline.",
        f"Then it is checked and scored. {_SCORES}",
    ]


def _opened(response: Response) -> str:
    day = f" on {long_date(response.opened_at)}" if response.opened_at else ""
    return f"Responses have closed, and two people opened them all{day}."
