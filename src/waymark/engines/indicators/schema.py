"""The one table of observations that every reader writes and every assessment reads."""

import pyarrow as pa

from waymark.engines.indicators.assessment import KEY as KEY

OBSERVATIONS = pa.schema(
    [
        pa.field("dataset", pa.string(), nullable=False),  # id of the manifest, e.g. "unsd-sdg-2020-10"
        pa.field("series", pa.string(), nullable=False),  # "publisher:CODE", e.g. "unsd:SI_RMT_COST"
        pa.field("place", pa.string(), nullable=False),  # ISO alpha-3, M49 digits of a region, or the publisher's own
        pa.field("place_kind", pa.string(), nullable=False),  # "country" or "aggregate"
        pa.field("disagg", pa.string(), nullable=False),  # "age=15+|sex=female", names sorted; "" is the total
        pa.field("unit", pa.string(), nullable=False),  # lower-case code: "percent", "number", "per_100000_pop"
        pa.field("nature", pa.string(), nullable=False),  # SDMX: C, CA, E, G, M, N, NA; "" when not said
        pa.field("year", pa.int16(), nullable=False),  # first year of a range
        pa.field("period", pa.string(), nullable=False),  # as the source wrote it: "2015", "2015-2019", "2011Q1"
        pa.field("value", pa.float64()),  # null when censored
        pa.field("qualifier", pa.string(), nullable=False),  # "", "<", ">", "N", "NV"
        pa.field("bound", pa.float64()),  # of "<" and ">"
        pa.field("break_before", pa.bool_(), nullable=False),  # the source marks a change of method here
        pa.field("detail", pa.string(), nullable=False),  # the publisher's own source note, "" when none
        pa.field("member", pa.string(), nullable=False),  # file inside an archive, or sheet; "" for a plain file
        pa.field("row", pa.int32(), nullable=False),  # line (CSV, from 1) or row (sheet) it was read from
    ]
)

REJECTS = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("member", pa.string(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),
        pa.field("column", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),  # as written
        pa.field("reason", pa.string(), nullable=False),  # key of a closed list in readers
    ]
)
