"""Lists the frameworks on record, and imports the official texts of one from a file (.md, .csv, .xlsx).

Columns of a table: code, parent, title, text, language, source.
"""

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `list` and `import FILE --framework CODE`."""
    commands = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    commands.add_parser("list", help="list the frameworks and how much of each is on record")
    importing = commands.add_parser("import", help="import titles and texts of a framework's provisions")
    importing.add_argument("file", type=Path, metavar="FILE", help="the text: .md, .csv or .xlsx")
    importing.add_argument("--framework", required=True, metavar="CODE", help="code of the framework, such as gcm")
    importing.add_argument("--title", default="", help="title, when the framework is new")
    importing.add_argument("--lang", default="en", help="language of a Markdown text; default: en")


def run(arguments: argparse.Namespace) -> int:
    """List the frameworks, or import one file and say what changed."""
    from waymark.interfaces.cli.record import ready_record

    ready_record()
    return _list() if arguments.act == "list" else _import(arguments)


def _list() -> int:
    from django.db.models import Count, Q

    from waymark.records.frameworks import Framework

    texts = Count("provisions", filter=~Q(provisions__text={}))
    rows = Framework.objects.annotate(count=Count("provisions"), texts=texts).order_by("code")
    for row in rows:
        title = row.title.get("en") or next(iter(row.title.values()), "")
        print(
            f"{row.code}: {title}; {row.count} provisions, {row.texts} with official text; {row.mark or 'entered here'}"
        )
    if not rows:
        print("No framework is on record. Run: waymark setup")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from waymark.actions.frameworks import import_framework
    from waymark.records.actors import Actor

    done = import_framework(
        by=Actor.operator(),
        code=arguments.framework,
        title=arguments.title,
        path=arguments.file,
        language=arguments.lang,
    )
    print(
        f"Imported {arguments.framework} from {arguments.file.name}: "
        f"{done.new} new provisions, {done.changed} changed, {done.same} as they were."
    )
    return 0
