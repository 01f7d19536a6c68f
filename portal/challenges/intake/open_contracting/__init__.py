"""Releases and records of the Open Contracting Data Standard 1.1, as official platforms publish them."""

from portal.challenges.intake.open_contracting.packages import is_package, processes
from portal.challenges.intake.open_contracting.reading import NAME, Process, as_record, takers

__all__ = ["NAME", "Process", "as_record", "is_package", "processes", "takers"]
