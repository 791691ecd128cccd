"""The words of a passage that a citation shows."""

from waymark.engines.documents.quoting import LIMIT, count_words, holds, quotation
from waymark.gcm.errors import InputError
from waymark.records.documents import Passage


def quoted(passage: Passage, words: str = "") -> str:
    """The quotation of a citation: `words` when they stand in the passage, else its first words.

    Raises InputError for words that are not in the passage or are more than the limit.
    """
    if not words:
        return quotation(passage.text)
    if count_words(words) > LIMIT:
        raise InputError.coded(
            "quotation.too_long", passage=passage.code, count=f"{count_words(words):.0f}", limit=LIMIT
        )
    if not holds(passage.text, words):
        raise InputError.coded("quotation.not_in_passage", words=repr(words[:60]), passage=passage.code)
    return " ".join(words.split())
