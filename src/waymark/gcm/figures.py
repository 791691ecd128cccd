"""How the figures of a series are written: in one power, with one number of decimals, decided once for every place.

Sentence, label of a chart, table, text alternative and data note ask the same `Form`, so that one figure never stands
with a decimal here and without it there.
"""

from dataclasses import dataclass
from decimal import Decimal

from waymark.gcm.language import UnitKind, decimals_for, format_number, power_words, rounded

POWERS = (10**12, 10**9, 10**6)
_BEYOND = 10**15


def own_power(value: float) -> int:
    """The largest of a million, a billion and a trillion that an amount reaches; else one."""
    size = abs(value)
    return next((power for power in POWERS if _BEYOND > size >= power), 1)


def scaled(value: float, power: int) -> float:
    """A value in a power, exact on the number as written."""
    return value if power == 1 else float(Decimal(repr(value)) / power)


@dataclass(frozen=True, slots=True)
class Form:
    """`power` is one, a million, a billion or a trillion; `decimals` None gives each figure those of its own."""

    power: int = 1
    decimals: int | None = None

    def text(self, value: float, language: str, kind: UnitKind = "index", *, whole: bool = False) -> str:
        """A figure without its unit: `324.5 million`. `whole` writes it out, as tables with room do.

        One that is less than a tenth of the power stands in its own, and one that would read as zero has its own
        decimals. Raises ValueError for NaN and infinity.
        """
        if whole and self.power > 1:
            return format_number(value, language, decimals_for((value,), kind), kind)
        power, decimals = self.power, self.decimals
        if power > 1 and value and abs(value) * 10 < power:
            power, decimals = own_power(value), None
        shown = scaled(value, power)
        own = decimals_for((shown,), kind)
        if decimals is not None and shown and not rounded(shown, decimals) and rounded(shown, own):
            decimals = own
        number = format_number(shown, language, decimals, kind)
        return number if power == 1 else power_words(number, power, language)
