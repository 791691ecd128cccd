"""The JSON Schema of review.json, made from the dataclasses of a review; closed lists and patterns by hand."""

import dataclasses
import inspect
import json
import types
import typing
from typing import Any

from waymark.gcm.lists import FindingKind, Mark, Stance
from waymark.gcm.recorded import FORMAT
from waymark.queries.reviews import views as review_views

Schema = dict[str, Any]


def parts(kind: Any) -> list[Any]:
    """The dataclasses that a type is made of: those inside a tuple, a choice or a table too."""
    if dataclasses.is_dataclass(kind):
        return [kind]
    return [part for inner in typing.get_args(kind) for part in parts(inner)]


def reached(view: Any) -> dict[str, Any]:
    """Every view that one is made of, itself first, by name."""
    found: dict[str, Any] = {}
    wait = [view]
    while wait:
        one = wait.pop(0)
        if one.__name__ not in found:
            found[one.__name__] = one
            wait += [part for hint in typing.get_type_hints(one).values() for part in parts(hint)]
    return found


VIEWS = reached(review_views.ReviewData)
"""Every view that a review is made of."""

RECORDED = ("RecordedFinding", "RecordedRecommendation", "RecordedPosition")
DATE = {"$ref": "#/$defs/date_or_unknown"}
ENUM = {
    ("ReportView", "voice"): ["implementer", "secretariat", "civil_society"],
    ("ReportView", "state"): ["submitted", "returned", "accepted"],
    ("ReportView", "empty_reason"): ["", "not_collected", "not_applicable", "not_yet_due", "confidential"],
    ("CommitmentView", "kind"): ["pledge", "measure", "activity", "follow_up"],
    ("CommitmentView", "state"): ["proposed", "agreed", "under_way", "completed", "dropped", "superseded"],
    ("FindingView", "kind"): ["progress", "challenge", "opportunity", "emerging_issue", "good_practice", "next_step"],
    ("RecommendationView", "status"): ["completed", "acted on", "planned", "dropped", "open"],
    ("StatisticView", "direction"): ["up", "down", "parity", "none"],
    ("SourceView", "kind"): ["dataset", "document", "record", "catalogue", "national value"],
    ("SourceView", "mark"): ["", "verified", "secondary", "proposal", "recalled"],
    ("ReviewData", "audience"): ["public", "network"],
    ("StatisticView", "context"): ["", "outside the Compact"],
    ("Observation", "qualifier"): ["", "<", ">", "N", "NV", "filled with zero"],
    ("RecordedFinding", "kind"): [kind.value for kind in FindingKind],
    ("RecordedPosition", "stance"): [stance.value for stance in Stance],
    ("RecordedEdition", "audience"): ["public", "network"],
    **{(noun, "mark"): ["", *(mark.value for mark in Mark)] for noun in RECORDED},
    **{(noun, "classification"): ["public", "network"] for noun in ("RecordedReview", "RecordedCitation", *RECORDED)},
}
PATTERN = {
    ("ReviewData", "place"): "^[A-Z]{3}$",
    ("SourceView", "sha256"): "^([0-9a-f]{64})?$",
    ("RecordedFile", "sha256"): "^[0-9a-f]{64}$",
    ("RecordedEdition", "hash"): "^[0-9a-f]{64}$",
    ("ReviewData", "as_of"): r"^\d{4}-\d{2}-\d{2}$",
    ("StatisticView", "series"): "^[a-z][a-z0-9_-]*:.+$",
    ("SourceView", "retrieved"): r"^(\d{4}-\d{2}-\d{2}|unknown)?$",
    ("CommitmentView", "urn"): "^urn:waymark:",
    ("NetworkView", "urn"): "^urn:waymark:",
    ("OrganisationView", "urn"): "^urn:waymark:",
}
DAYS = {
    ("ReportView", "date"),
    ("CommitmentView", "state_date"),
    ("CommitmentView", "start"),
    ("CommitmentView", "due"),
    ("PositionView", "date"),
    ("NetworkView", "founded"),
    ("MeetingView", "date"),
    ("TextView", "date"),
    ("SourceView", "date"),
    ("RecordedFinding", "confirmed_on"),
    ("RecordedRecommendation", "issued_on"),
    ("RecordedPosition", "date"),
    ("RecordedPosition", "paper_date"),
    ("RecordedEdition", "as_of"),
    ("RecordedEdition", "published_on"),
    ("RecordedEdition", "withdrawn_on"),
}
TUPLES = {
    (
        "StatisticView",
        "breakdown",
    ): "Values of the latest year by one more dimension: disaggregation, year, value, source, sign of a bound, bound",
    ("ObjectiveView", "no_value"): "Of indicators without any figure: title, period, why there is no value, source",
    ("CommitmentView", "ties"): "Framework and provision",
    ("MeetingView", "statements"): "Speaker with post, words, source, mark",
    ("RecommendationView", "commitments"): "Code, title and state of each commitment that answers it",
    ("VintageView", "datasets"): "Title, and release or day of retrieval",
    ("ReviewData", "timeline"): "Date, words, source",
    ("PrincipleView", "commitments"): "Code and title of each commitment tied to it",
    ("ComparisonRow", "improving_before"): "Improving, of how many assessable",
    ("ComparisonRow", "improving_now"): "Improving, of how many assessable",
    ("ComparisonRow", "newer_before"): "Of series with a newer figure, then: improving, not improving, at their limit",
    ("ComparisonRow", "newer_now"): "Of series with a newer figure, now: improving, not improving, at their limit",
}
DESC = {
    "year": "Year of the observation",
    "source": "Key of an entry of `sources`",
    "urn": "Global name of the record",
    "value": None,
    "sha256": "SHA-256 of the source file, empty when no file is held",
    "observations": "The headline series, by year",
    "assessments": "What each method says; the default method first",
    "reports_due": "Reports owed up to the as-of date",
    "reports_missing": "Of these, the ones that did not come (for the public: or are not accepted)",
    "reports_returned": "Of those missing, the ones that were sent back; 0 for the public, which does not see it",
    "reports_in_time": "Of those missing, the ones that the public would not see yet, had they come by their day",
    "overdue": "Past the due date and not ended",
    "share": "Share complete that the scale gives the step, 0 to 1; null when it gives none",
    "contributions": "Ratings by contributors; 0 below three, when they are not shown",
    "about_country": "A person cited it, and its text is about this place",
    "quotation": "At most 40 words of the passage, in its own language",
    "marking": "The sentence that marks a demonstration, empty for a real record",
    "as_of": "The day by which everything is judged",
    "without_data": None,
    "improving": "The category counts as progress and the value moved the wanted way; null when the method cannot say",
    "label": "The method's whole word for the category; empty when it cannot say",
    "movement": "Our word for the change from the base to the latest figure; empty where nothing is better or worse",
    "slice": "Whom or what the headline counts, in words, when it is not the total",
    "axis": "The unit with the slice named",
    "added_up": "Whether figures are sums of ours, of parts or rows that the source gives",
    "course": "Which way the numbers went; null without a number",
    "turned_in": "Year of the highest or lowest figure since the base, where it lies well beyond base and latest",
    "detail": "The publisher's own note, or how a figure was added up",
    "reason": None,
    "category": "The method's category; empty when it cannot say",
}


def conv(cls: str, name: str | None, tp: Any) -> Schema:
    """The schema of a field's type."""
    key = (cls, name)
    org = typing.get_origin(tp)
    args = typing.get_args(tp)
    if org in (typing.Union, types.UnionType):
        inner = [conv(cls, name, a) for a in args if a is not type(None)]
        s = inner[0]
        if "type" in s and isinstance(s["type"], str):
            return {**s, "type": [s["type"], "null"]}
        return {"anyOf": [s, {"type": "null"}]}
    if org is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return {"type": "array", "items": conv(cls, None, args[0])}
        return {
            "type": "array",
            "prefixItems": [conv(cls, None, a) for a in args],
            "items": False,
            "minItems": len(args),
        }
    if org is typing.Literal:
        return {"type": "string", "enum": list(args)}
    if org is dict:
        return {"type": "object", "additionalProperties": conv(cls, None, args[1])}
    if dataclasses.is_dataclass(tp):
        return {"$ref": f"#/$defs/{tp.__name__.removesuffix('View')}"}
    if tp is bool:
        return {"type": "boolean"}
    if tp is int:
        return {"type": "integer"}
    if tp is float:
        return {"type": "number"}
    if tp is not str:
        raise TypeError(f"{cls}.{name}: no schema for {tp}")
    return text(key)


def text(key: tuple[str, str | None]) -> Schema:
    """The schema of a text field: its closed list, pattern or date form."""
    if key in ENUM:
        return {"enum": ENUM[key]}
    if key in PATTERN:
        return {"type": "string", "pattern": PATTERN[key]}
    return dict(DATE) if key in DAYS else {"type": "string"}


def described(cls: Any) -> Schema:
    """The schema of a dataclass: every field is required, nothing else is allowed."""
    hints = typing.get_type_hints(cls)
    props = {}
    for f in dataclasses.fields(cls):
        s = conv(cls.__name__, f.name, hints[f.name])
        d = TUPLES.get((cls.__name__, f.name)) or DESC.get(f.name)
        if d:
            s = {"description": d, **s}
        if s.get("type") == "integer" and f.name not in ("year", "base_year", "latest_year", "target_year", "row"):
            s["minimum"] = 0
        props[f.name] = s
    return {
        "description": inspect.getdoc(cls).split("\n\n")[0].replace("\n", " "),
        "type": "object",
        "additionalProperties": False,
        "required": sorted(props),
        "properties": props,
    }


def page() -> str:
    """The whole schema as text."""
    defs: dict[str, Schema] = {
        "date_or_unknown": {
            "description": "A day, month or year of ISO 8601; empty when not known",
            "type": "string",
            "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$",
        }
    }
    for name, view in VIEWS.items():
        if name != "ReviewData":
            defs[name.removesuffix("View")] = described(view)
    defs["Objective"]["properties"]["number"].update(minimum=1, maximum=23)
    defs["Report"]["properties"]["share"].update(minimum=0, maximum=1)
    for noun in ("Statistic", "Commitment"):
        defs[noun]["properties"]["objectives"]["items"].update(minimum=1, maximum=23)
    top = described(review_views.ReviewData)
    top["properties"].pop("statistics")  # the same statistics stand under their objectives
    top["required"].remove("statistics")
    top["properties"]["objectives"].update(minItems=23, maxItems=23, description="The 23 objectives in their order")
    top["properties"]["methods"].update(minItems=1)
    head = {"$schema": {"const": "review.schema.json"}, "format": {"const": FORMAT}}
    top["properties"] = {**head, **top["properties"]}
    top["required"] = sorted([*head, *top["required"]])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:waymark:schema:review:1",
        "title": "Waymark review, format 1",
        **top,
        "$defs": defs,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
