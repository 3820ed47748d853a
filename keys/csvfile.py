"""Lists as CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

RUNS = frozenset("=+-@")  # what a spreadsheet takes for the beginning of a formula
BEGINS = frozenset("\t\r\n")  # what some strip, to run what follows
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}  # control and format characters, separators, blanks
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read UTF-8 as something else


def safe(cell: object) -> object:
    """The cell; a text that a spreadsheet would run has an apostrophe before it, and is shown as it is.

    Full-width forms of the signs count, and so does a sign behind blanks and characters that nobody sees.
    """
    if not isinstance(cell, str):
        return cell
    seen = next((sign for sign in cell if unicodedata.category(sign) not in UNSEEN), "")
    runs = unicodedata.normalize("NFKC", seen)[:1] in RUNS or cell[:1] in BEGINS
    return f"'{cell}" if runs else cell


def streamed(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """An answer that is saved as `name`, which has to be ASCII; rows are read while they are sent."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    # Everything is quoted: a spreadsheet that separates cells by semicolons would find further ones within a cell.
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])
