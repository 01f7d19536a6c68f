"""Documents people take away: PDFs made from our own templates, and spreadsheets made of plain tables."""

from portal.documents.pdf import NoPdfHere, pdf_from, pdfs_are_made
from portal.documents.plain_table import csv_line, csv_text, inert
from portal.documents.workbook import Cell, Formula, Sheet, workbook

__all__ = [
    "Cell",
    "Formula",
    "NoPdfHere",
    "Sheet",
    "csv_line",
    "csv_text",
    "inert",
    "pdf_from",
    "pdfs_are_made",
    "workbook",
]
