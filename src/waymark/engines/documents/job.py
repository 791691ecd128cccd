"""What is done with a document behind the wall: find its kind, or parse it and send the lines."""

from contextlib import suppress
from importlib import import_module

from waymark.engines.documents.parsers import parser_named, registry
from waymark.engines.documents.recognising import recognise
from waymark.engines.documents.wire import encode
from waymark.engines.files.walls.child import Task


def load() -> None:
    """Import every parser once, so that a child needs no more than to parse."""
    registry()
    with suppress(ImportError):
        import_module("waymark.engines.documents.parsers.pdf.reader")


def run(task: Task) -> None:
    """Parse by the parser that the request names; without a name, say which one reads the file."""
    wanted = task.options.get("parser", "")
    if not wanted:
        parser, notes = recognise(task.file, name=task.options["name"])
        task.send("parser", parser.name, list(notes))
        return
    for line in encode(parser_named(wanted).parse(task.file)):
        task.send_line(line)
