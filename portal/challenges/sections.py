"""The sections of a brief, in the order firms read them, and the stages of the deal that ask something of a firm."""

from dataclasses import dataclass

from portal.challenges.pathway import Pathway


@dataclass(frozen=True, slots=True)
class BriefPart:
    """One section of the brief: its stable key, its heading, what to write in it, and whether it must be there."""

    key: str
    title: str
    help: str
    required: bool = True


SECTIONS = (
    BriefPart(
        "question",
        "The question",
        "One question that firms can answer. Say what should become possible, not how: name no product and no method.",
    ),
    BriefPart(
        "who_is_affected",
        "Who is affected",
        "Who lives with this problem, how many they are, and what it does to their day.",
    ),
    BriefPart(
        "evidence",
        "How we know",
        "Figures, what people told you and where it was seen. Somebody outside your field should be convinced.",
    ),
    BriefPart(
        "tried_already",
        "What has been tried",
        "What you tried or bought before, what came of it, and why what the market offers does not do.",
    ),
    BriefPart(
        "out_of_scope",
        "What is not part of this",
        "What firms should leave alone, so that nobody works for nothing.",
        required=False,
    ),
    BriefPart(
        "success_measure",
        "How we will know it worked",
        "What will be different, by how much, and by when. Something you can count or see.",
    ),
    BriefPart(
        "data_offered",
        "What we bring",
        "The data, places, systems and people you will open to the firms that go on.",
        required=False,
    ),
    BriefPart(
        "intellectual_property",
        "Ideas and rights",
        "Anything firms must know about who may use what afterwards, beyond the one line in the deal.",
        required=False,
    ),
    BriefPart(
        "background",
        "Background",
        "Your service in a few lines, for somebody who has never been to your town.",
        required=False,
    ),
)
BY_KEY = {part.key: part for part in SECTIONS}

DEAL_STAGES: dict[Pathway, dict[int, str]] = {
    Pathway.SHOWCASE: {
        3: "Answering the challenge",
        4: "Getting support and building a prototype",
        5: "Showing the prototype",
    },
    Pathway.DIRECT: {3: "Answering the challenge"},
}
"""The stages of the pathway in which firms give their time before there is a contract, by the stage's number."""
