"""A history as a table: one row for each field that changed, each with the whole of its line."""

from collections.abc import Iterator

from waymark.gcm.deeds import COLUMNS, HOW
from waymark.gcm.wording import Label, phrase
from waymark.queries.history.views import History, Line, hour_of

Cells = tuple[str, ...]


def table_of(history: History) -> tuple[Cells, list[Cells]]:
    """The names of the columns and the rows; a line without fields is one row."""
    columns = tuple(Label("history", words).words(history.language) for words in COLUMNS)
    return columns, [row for line in history.lines for row in _rows(line, history)]


def _rows(line: Line, history: History) -> Iterator[Cells]:
    """The rows of one line. What may not be read is counted in a row of its own."""
    language, who = history.language, line.who
    day, hour = line.at.date().isoformat(), hour_of(line.at)
    person, post, body = (who.name, who.post, who.organisation) if who else ("", "", "")
    start = (day, hour, person, post, body, line.door, line.what, line.about)
    subject = line.about or f"{history.noun}: {history.name}"
    told = [
        (row.name or subject, _how(row.how, language), field.field, field.before, field.after)
        for row in line.rows
        for field in row.fields
    ]
    told += [(row.name or subject, _how(row.how, language), "", "", "") for row in line.rows if not row.fields]
    told += [("", _how("told", language), name, "", words) for name, words in line.facts]
    if line.hidden:
        told.append((phrase("history.hidden", count=line.hidden).words(language), "", "", "", ""))
    if line.erased:
        told.append((line.erased, "", "", "", ""))
    for cells in told or [("", "", "", "", "")]:
        yield (*start, *cells, line.why)


def _how(how: str, language: str) -> str:
    return Label("history", HOW[how]).words(language)
