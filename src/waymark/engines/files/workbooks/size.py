"""What a reader would lay out for a workbook: where its filled cells end, and how many letters they hold."""

from dataclasses import dataclass

from waymark.engines.files.limits import ENDS, Limits, too_much


@dataclass(slots=True)
class Size:
    """Adds up the sheets of one workbook and refuses it at the first limit that is passed."""

    limits: Limits
    form: str
    cells: int = 0
    letters: int = 0

    def sheet(self, name: str, rows: int, columns: int, filled: int = 0) -> None:
        """Count a sheet whose last filled row and column are these, from 1. Raises InputError.

        `filled` is how many cells it holds, which is more than its area when a place is filled twice.
        """
        most_rows = min(self.limits.rows, ENDS[self.form][0])
        most_columns = min(self.limits.columns, ENDS[self.form][1])
        last = f"{column_letters(columns - 1)}{rows}" if columns else ""
        todo = "Delete the rows and columns that are not needed, or divide the sheet."
        if rows > most_rows or columns > most_columns:
            limit = f"{most_rows:,} rows and {most_columns:,} columns"
            raise too_much(f"the filled cells of {name} reach to {last}, too far out", limit, todo)
        self.cells += max(rows * columns, filled)
        if self.cells > self.limits.cells:
            words = f"{self.cells:,} cells lie between A1 and the last filled cells of its sheets, in {name} {last}"
            raise too_much(words, f"{self.limits.cells:,} cells", todo)

    def texts(self, letters: int) -> None:
        """Count letters of cells. Raises InputError."""
        self.letters += letters
        if self.letters > self.limits.letters:
            raise too_much("the texts of its cells are too long together", f"{self.limits.letters:,} letters")


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
