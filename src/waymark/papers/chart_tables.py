"""A chart's table of data as a block of a paper."""

from waymark.engines.charts import ChartTable, TableCell
from waymark.engines.printing.blocks import Column, Run, Runs, Table
from waymark.papers.words import phrase


def table_of(rows: ChartTable, caption: Runs, widths: tuple[float, ...] = ()) -> Table:
    """A chart's table of data as a block; columns that hold numbers only are aligned at their end.

    Where every value is an estimate, the caption says so once. How a long list of years is set is the renderers' work.
    """
    rows, caption = all_estimates(rows, caption)
    numeric = [all(row[number].kind != "text" for row in rows.rows) for number in range(len(rows.head))]
    columns = [
        Column((cell_run(cell),), "end" if numeric[number] and number else "start", widths[number] if widths else 1.0)
        for number, cell in enumerate(rows.head)
    ]
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple(tuple((cell_run(cell),) for cell in row) for row in rows.rows),
    )


def all_estimates(rows: ChartTable, caption: Runs) -> tuple[ChartTable, Runs]:
    """The table without the word beside each value when every value is an estimate; the caption then says it."""
    word = " (estimate)"
    values = [cell for row in rows.rows for cell in row[1:] if cell.kind == "figure" and row[0].text[:4].isdigit()]
    if not values or not all(cell.text.endswith(word) for cell in values):
        return rows, caption
    cleared = tuple(tuple(cell._replace(text=cell.text.removesuffix(word)) for cell in row) for row in rows.rows)
    return ChartTable(rows.head, cleared), phrase(caption, ", all estimates")


def cell_run(cell: TableCell) -> Run:
    """A cell of a chart's table as a run."""
    return Run(cell.text, cell.kind, value=cell.value)
