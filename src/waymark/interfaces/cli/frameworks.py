"""Lists the frameworks on record, imports official texts, and sets a framework beside the Compact and the Goals.

`import` takes a file (.md, .csv, .xlsx); columns of a table: code, parent, title, text, language, source. `suggest`
writes a sheet of likely links with reasons, which a person corrects; `link` reads it back; `gaps` says what is left.
"""

import argparse
from pathlib import Path

from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.options import add_audience


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the acts and their options."""
    commands = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    commands.add_parser("list", help="list the frameworks and how much of each is on record")
    importing = commands.add_parser("import", help="import titles and texts of a framework's provisions")
    importing.add_argument("file", type=Path, metavar="FILE", help="the text: .md, .csv or .xlsx")
    importing.add_argument("--framework", required=True, metavar="CODE", help="code of the framework, such as gcm")
    importing.add_argument("--title", default="", help="title, when the framework is new")
    importing.add_argument("--lang", default="en", help="language of a Markdown text; default: en")
    _configure_crosswalk(commands)


def _configure_crosswalk(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    suggest = commands.add_parser("suggest", help="write a sheet of likely objectives and SDG targets, with reasons")
    suggest.add_argument("framework", metavar="FRAMEWORK", help="code of the framework, such as my-strategy")
    suggest.add_argument("--out", type=Path, metavar="FILE", help="new XLSX file; default: FRAMEWORK-crosswalk.xlsx")
    suggest.add_argument("--least", type=float, metavar="SCORE", help="lowest score, 0 to 1; default: 0.20")
    add_audience(suggest)
    link = commands.add_parser("link", help="store the links that a person decided in such a sheet")
    link.add_argument("file", type=Path, metavar="FILE", help="the corrected sheet, XLSX")
    link.add_argument("--framework", required=True, metavar="FRAMEWORK", help="code of the framework it is about")
    link.add_argument(
        "--mark",
        choices=("proposal", "verified"),
        default="",
        help="how sure the links said yes are; default: new ones proposal, others as they are",
    )
    gaps = commands.add_parser("gaps", help="show what no provision touches, and what has no indicator or link")
    gaps.add_argument("framework", metavar="FRAMEWORK", help="code of the framework")
    gaps.add_argument("--format", choices=("text", "csv"), default="text", help="default: text")
    add_audience(gaps)


def run(arguments: argparse.Namespace) -> int:
    """Do one of the acts."""
    from waymark.interfaces.cli.record import ready_record

    ready_record()
    if arguments.act == "list":
        return _list()
    if arguments.act == "import":
        return _import(arguments)
    from waymark.interfaces.cli import frameworks_suggest

    acts = {
        "suggest": frameworks_suggest.run_suggest,
        "link": frameworks_suggest.run_link,
        "gaps": frameworks_suggest.run_gaps,
    }
    return acts[arguments.act](arguments)


def _list() -> int:
    from waymark.queries.frameworks import frameworks_on_record
    from waymark.records.actors import OPERATOR_VIEWER

    rows = frameworks_on_record(OPERATOR_VIEWER)
    for row in rows:
        print(
            f"{row.code}: {row.title}; {row.provisions} provisions, {row.with_text} with official text; "
            f"{row.mark or 'entered here'}"
        )
    if not rows:
        print("No framework is on record. Run: waymark setup")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from waymark.actions.frameworks import import_framework

    done = import_framework(
        by=operator(),
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
