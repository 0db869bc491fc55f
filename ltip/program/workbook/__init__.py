"""A run as a spreadsheet that reckons it again: closes and actions are figures, all else formulas.

Whoever checks a run changes a price there and sees what follows. Spreadsheets reckon in floating
point, so each result stands beside the run's own digits with the difference between them.
"""

from ltip.program.workbook.book import MOST_COMPANIES, workbook_of

__all__ = ["MOST_COMPANIES", "workbook_of"]
