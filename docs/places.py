"""The reference page of places, made from the catalogue."""

from waymark.gcm.places import memberships, places


def page() -> str:
    """Counts, areas outside ISO 3166 with their notes, what is not checked; as Markdown."""
    lines = [
        "# Places",
        "",
        "This page is generated from `src/waymark/catalogue/places/` by `docs/places.py`.",
        "",
        "Codes: ISO 3166 alpha-3 for countries and areas; the three-digit M49 number for regions; `publisher:CODE` for",
        "groups that only one publisher uses. Names and designations follow the United Nations. They imply no opinion",
        "on the legal status of any country, territory or area, or on its frontiers.",
        "",
        "| kind | places |",
        "|---|---|",
    ]
    kinds = sorted({known.kind for known in places()})
    lines += [f"| {kind} | {sum(known.kind == kind for known in places())} |" for kind in kinds]
    lines += [
        "",
        "## Countries and areas with a note",
        "",
        "| code | name | note | source of the note |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {known.code} | {known.name} | {known.note} | {known.note_source} |"
        for known in places()
        if known.note and known.kind in ("country", "area", "fictional")
    ]
    lines += [
        "",
        "## Areas of the UN regional commissions",
        "",
        "| code | members | associate members | mark |",
        "|---|---|---|---|",
    ]
    for known in places():
        if known.kind == "commission-area":
            rows = [membership for membership in memberships() if membership.group == known.code]
            roles = [row.role for row in rows]
            marks = ", ".join(sorted({row.mark for row in rows}))
            lines.append(f"| {known.code} | {roles.count('member')} | {roles.count('associate')} | {marks} |")
    lines += [
        "",
        "`secondary` means: read in a source that is not the commission itself. In the catalogue's tables, `recalled`",
        "means: written from memory, to be checked.",
        "Names in other languages than English come from Unicode CLDR. They are marked as not checked.",
    ]
    return "\n".join(lines) + "\n"
