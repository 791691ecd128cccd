"""The table of passages that the tagger takes."""

import pyarrow as pa

PASSAGES = pa.schema([
    ("id", pa.string()),
    ("text", pa.string()),
    ("language", pa.string()),
])  # fmt: skip
"""What the tagger takes: one row a passage. More columns may follow and are passed by."""
