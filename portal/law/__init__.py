"""The rules of procurement law the portal relies on, as plain functions of plain values.

Nothing here reads a database, a clock or a request: every date is an argument. Amounts of
money are whole pence. "The Act" is the Procurement Act 2023, in force since 24 February 2025.
Where a figure may change or was not seen in the law itself, it stands in a dated table with
its source, so that a correction is one line.
"""
