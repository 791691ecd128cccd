"""Documents, frameworks, positions and conflicting claims of a demonstration."""

from datetime import date

from django.conf import settings

from waymark.actions import claims, documents, frameworks, positions
from waymark.actions.claims import ChoiceFacts, ClaimFacts
from waymark.actions.facts import Paper
from waymark.actions.frameworks import FrameworkFacts
from waymark.actions.positions import PositionFacts
from waymark.actions.readers import name_readers
from waymark.engines.documents.filing import Filing
from waymark.engines.documents.quoting import holds
from waymark.engines.documents.tagging.tagger import Tagger
from waymark.gcm.errors import InputError
from waymark.interfaces.cli.demonstrations.files import Row, day, folder, read_rows, words
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.interfaces.cli.demonstrations.posts import holder
from waymark.queries.named import framework_named, indicator_named
from waymark.records.actors import OPERATOR_VIEWER
from waymark.records.documents import Document, Passage
from waymark.records.frameworks import Framework
from waymark.records.networks import Network
from waymark.records.record import Record, urn

STRATEGY = "qor-strategy-2020"


def load_documents(loading: Loading) -> None:
    """Register the documents; those whose words were invented with the country have a file, which is read.

    All of them are about the place of the demonstration.
    """
    network = loading.networks["network" if "network" in loading.networks else "un-network"]
    for row in loading.rows("documents"):
        document = _read(loading, row, network) if "file" in row else _register(loading, row, network)
        loading.documents[row["code"]] = document
        loading.count("documents")
        readers = [loading.persons[key] for key in words(row.get("readers"))]
        if readers:
            name_readers(by=loading.by, record=document, persons=readers)


def load_pages(loading: Loading) -> None:
    """Register the pages that the other rows cite, each with its publisher, title, day and address.

    A page that speaks about the country is about its place; it is cited by its key, as a document is by its code.
    """
    for row in loading.rows("sources"):
        page = {**row, "code": f"page-{row['key'].lower()}", "source": [row["key"]], "mark": "verified"}
        network = loading.networks["un-network"]
        loading.documents[row["key"]] = _register(loading, page, network, row["address"], about="about" in row)
        loading.count("documents")


def _register(loading: Loading, row: Row, network: Network, address: str = "", *, about: bool = True) -> Document:
    return documents.register(
        by=loading.by,
        code=loading.own(row["code"]),
        title=row["title"],
        network=network,
        publisher=row.get("publisher", ""),
        published_on=day(row.get("published")),
        url=address,
        pages=int(row["pages"]) if "pages" in row else None,
        language=row.get("language", ""),
        classification=row.get("classification", "public"),
        about=[loading.place] if about else [],
        note=row.get("note", ""),
        **loading.source(row),
    )


def _read(loading: Loading, row: Row, network: Network) -> Document:
    path = folder(loading.code) / "files" / row["file"]
    added = documents.file_in(
        by=loading.by,
        path=path,
        facts=documents.DocumentFacts(
            network=network,
            about=[loading.place],
            code=loading.own(row["code"]),
            title=row["title"],
            publisher=row["publisher"],
            published_on=day(row["published"]),
            language=row["language"],
            licence="Apache-2.0",
            redistributable=True,
            classification=row["classification"],
        ),
        filing=Filing(settings.DATA_DIR / "documents"),
        tagger=Tagger.load(),
    )
    loading.count("passages", added.passages)
    return added.document


def passage_with(document: Document, quotation: str) -> Passage:
    """The passage of a document in which these words stand. Raises InputError when there is none."""
    found = next((row for row in document.passages.order_by("position") if holds(row.text, quotation)), None)
    if found is None:
        raise InputError(
            f"quotation {quotation[:60]!r}",
            f"no passage of {document.code} holds these words",
            expected="words of the document's file",
            todo="Copy them from the file.",
        )
    return found


def load_frameworks(loading: Loading) -> None:
    """Enter texts that the country follows and of which no provision is known here."""
    keeper = next(iter(loading.networks.values()))
    for row in loading.rows("frameworks"):
        loading.frameworks[row["code"]] = frameworks.enter_framework(
            by=loading.by,
            code=loading.own(row["code"]),
            keeper=keeper,
            facts=FrameworkFacts(
                title=row["title"],
                short_title=row["short"],
                issuer=row.get("issuer", ""),
                note=row["note"],
                **loading.source(row),
            ),
        )
        loading.count("frameworks")


def load_strategy(loading: Loading) -> None:
    """Enter the national strategy and import its provisions from the file, as any framework is imported."""
    rows = read_rows(loading.code, "strategy")
    if not rows:
        return
    title = rows[0]["source"]
    strategy = frameworks.enter_framework(
        by=loading.by,
        code=STRATEGY,
        facts=FrameworkFacts(
            title=title,
            short_title="OMS",
            issuer="Inter-ministerial Committee on Migration of Orvenia (fictional)",
            edition="2020-2029",
            note="Invented for demonstration",
        ),
    )
    frameworks.import_provisions(by=loading.by, framework=strategy, path=folder(loading.code) / "strategy.csv")
    _remember(loading, "strategy", strategy)
    loading.count("frameworks")
    loading.count("provisions", len(rows))


def _remember(loading: Loading, key: str, framework: Framework) -> None:
    loading.frameworks[key] = framework
    for provision in framework.provisions.all():
        loading.provisions[(key, provision.code)] = provision


def load_positions(loading: Loading) -> None:
    """Enter what the place and its organisations think of whole frameworks.

    An organisation says it by its post; what a place did is entered from a paper.
    """
    for row in loading.rows("positions"):
        whose = row.get("holder", row)
        on = date.fromisoformat(str(row["date"]))
        by = holder(loading, row["by"], on) if "by" in row else loading.by
        loading.positions[row["code"]] = positions.take_position(
            by=by,
            on=loading.frameworks[row["framework"]],
            place=loading.place if "place" in whose else None,
            organisation=loading.organisations[whose["organisation"]] if "organisation" in whose else None,
            paper=Paper(on, words=row["paper"]) if "paper" in row else None,
            facts=PositionFacts(
                stance=row["stance"],
                date=on,
                text=row["text"],
                note=row.get("note", ""),
                classification="public",
                **loading.source(row),
            ),
        )
        loading.count("positions")


def load_claims(loading: Loading) -> None:
    """Record conflicting claims side by side and choose one where a rule does."""
    for row in loading.rows("claims"):
        subject = _subject(loading, row["subject"])
        entered = []
        for claim in row["claims"]:
            document = loading.documents.get(claim.get("document", ""))
            cited = loading.source(claim) if isinstance(claim["source"], list) else {"source": claim["source"]}
            entered.append(
                claims.record_claim(
                    by=loading.by,
                    subject=subject,
                    attribute=row["attribute"],
                    network=next(iter(loading.networks.values())),
                    facts=ClaimFacts(
                        value=str(claim["value"]),
                        date=day(claim.get("date")),
                        note=claim.get("note", "") or ("" if row.get("rule") else row["reason"]),
                        document=document,
                        page=str(claim.get("page", "")),
                        **cited,
                    ),
                )
            )
            loading.count("claims")
            if claim.get("chosen"):
                claims.choose(
                    by=loading.by,
                    claim=entered[-1],
                    facts=ChoiceFacts(rule=row["rule"], reason=row["reason"], date=day(row.get("chosen_on"))),
                )
                loading.count("choices")
        loading.claims[row["code"]] = entered


def _subject(loading: Loading, written: str) -> Record | str:
    """The record that `noun:key` names; a thing that is no record gets a URN of the noun `topic`."""
    noun, _, key = written.partition(":")
    known: dict[str, Record | None] = {
        "document": loading.documents.get(key),
        "organisation": loading.organisations.get(key),
        "commitment": loading.commitments.get(key),
        "position": loading.positions.get(key),
        "meeting": loading.meetings.get(key),
        "network": loading.networks.get(key),
        "framework": framework_named(key, OPERATOR_VIEWER),
        "national-indicator": indicator_named(key, OPERATOR_VIEWER),
    }
    record = known.get(noun)
    return record if record is not None else urn("topic", key)
