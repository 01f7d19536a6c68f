"""The eight options of Ready2Supply, which each authority tries, keeps or stops for itself.

What belongs to an option asks here whether its authority has it on: a page by `when_on(option, find)`, a list by
`bodies_with(option)`, a mail by `is_on`. Switched off, it is gone from all three. What firms and advisers see of every
authority is there while `options_tried` has it; the view of a lower floor whose page links to it asks
`portal.web.tried.is_tried("its-slug")`.
"""

from portal.network.options.gate import when_on
from portal.network.options.models import NetworkOption, OptionTrial, Verdict
from portal.network.options.queries import bodies_with, is_on, options_on, options_tried

__all__ = ["NetworkOption", "OptionTrial", "Verdict", "bodies_with", "is_on", "options_on", "options_tried", "when_on"]
