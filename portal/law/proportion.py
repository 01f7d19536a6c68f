"""What a form may not ask of a supplier before award, told from the words of a question or a must-have.

Words only hint at what is meant, so each rule looks for what councils write in ordinary tenders and says what the law
allows instead. Procurement Act 2023 s.22 (conditions of participation: no audited accounts of those who need none, no
insurance in place before award, no earlier contract with a named body) and s.85 (below the threshold, except for large
works: nobody is kept from tendering by a look at their suitability first).
"""

import re
from dataclasses import dataclass

from portal.law.thresholds import ContractKind, Standing

SUITABILITY_WORKS = 207_720_00
"""From here on works may be pre-qualified below their threshold (s.85; the lower central amount is not used)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, the sentence that refuses it, and whether it holds below the threshold only."""

    pattern: re.Pattern[str]
    sentence: str
    only_below: bool


def _rule(pattern: str, sentence: str, *, only_below: bool = False) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), sentence, only_below)


_RULES = (
    _rule(
        r"\b(?:public|product|professional|employer'?s?'?|indemnity)\W+(?:liability|indemnity|insurance)\b"
        r"|\binsurance\W+(?:cover|certificates?|polic(?:y|ies)|documents?|in place)\b"
        r"|\b(?:proof|evidence|copy|copies|certificates?)\W+of\W+(?:\w+\W+){0,3}insurance\b"
        r"|\b(?:hold|have|provide|carry|maintain)\W+(?:\w+\W+){0,4}insurance\b(?!\W+(?:claim|data|firm|compan|sector))",
        "Do not ask for insurance before award: say what cover the contract will need (Procurement Act 2023 s.22).",
    ),
    _rule(
        r"\b(?:audited|statutory|filed|annual|company|financial)\W+(?:financial\W+)?(?:accounts|statements)\b"
        r"|\baccounts\W+(?:for|of|from)\W+(?:the\W+)?(?:last|past|previous)\b",
        "Do not ask for accounts: small firms have none to audit (Procurement Act 2023 s.22). "
        "Check financial standing at award, if the contract needs it.",
    ),
    _rule(
        r"\b(?:have|has|having)\W+(?:already\W+|previously\W+)?(?:worked|delivered|supplied|contracted)\W+"
        r"(?:\w+\W+){0,3}(?:for|to|with)\W+(?:\w+\W+){0,2}(?:councils?|NHS|authorit(?:y|ies)|public sector|trusts?)\b"
        r"|\b(?:previous|prior|existing)\W+(?:public\W+sector\W+)?contracts?\W+with\W+(?:\w+\W+){0,2}"
        r"(?:councils?|NHS|us|authorit(?:y|ies)|public)\b",
        "Do not ask for earlier contracts with a public body: newcomers would be shut out (Procurement Act 2023 s.22). "
        "Ask how the idea has been tried, by anybody.",
    ),
    _rule(
        r"\bpre-?\W?qualif\w+|\bPQQ\b|\bselection\W+questionnaire\b|\bsupplier\W+questionnaire\b",
        "Below the threshold there is no pre-qualification: everybody may answer (Procurement Act 2023 s.85).",
        only_below=True,
    ),
    _rule(
        r"\b(?:annual|minimum|yearly)\W+turnover\b|\bturnover\W+of\b|\bcredit\W+(?:rating|score|check)\b"
        r"|\byears?\W+(?:of\W+)?trading\b|\bbeen\W+trading\b",
        "Below the threshold, turnover and trading history keep nobody out (Procurement Act 2023 s.85). "
        "Ask how the firm would deliver this.",
        only_below=True,
    ),
)


def refused(text: str, *, below_threshold: bool) -> str | None:
    """The sentence that refuses a question or a must-have, or None where nothing speaks against it."""
    for rule in _RULES:
        if (below_threshold or not rule.only_below) and rule.pattern.search(text):
            return rule.sentence
    return None


def suitability_may_not_be_asked(standing: Standing | None, contract: ContractKind | None, value: int | None) -> bool:
    """Whether s.85 forbids a look at suitability first; a value nobody has estimated yet counts as small."""
    if standing is Standing.ABOVE_THRESHOLD:
        return False
    return not (contract is ContractKind.WORKS and value is not None and value >= SUITABILITY_WORKS)


def sentences(*, below_threshold: bool) -> tuple[str, ...]:
    """Everything a form may not ask, said beforehand: one sentence for each rule that holds at this value."""
    return tuple(rule.sentence for rule in _RULES if below_threshold or not rule.only_below)
