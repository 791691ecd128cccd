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
        raise InputError(
            f"quotation of {passage.code}",
            f"it has {count_words(words):.0f} words",
            expected=f"at most {LIMIT} words",
            todo="Shorten it, and mark what is left out by …",
        )
    if not holds(passage.text, words):
        raise InputError(
            f"quotation {words[:60]!r}",
            f"these words do not stand in the passage {passage.code}",
            expected="words as they stand in the passage",
            todo="Copy them from the passage, and mark what is left out by …",
        )
    return " ".join(words.split())
