"""What a value may be a value of: a national indicator, or one of the catalogue for the place of a network."""

from dataclasses import dataclass

from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.gcm.indicators import indicator, units
from waymark.records.indicators import NationalIndicator
from waymark.records.networks import Network
from waymark.records.places import Place


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as its values need it: whose it is, of which place, in which unit, within which bounds."""

    code: str
    network: Network
    place: Place
    unit: str
    low: float | None
    high: float | None
    dimensions: frozenset[str]
    indicator: NationalIndicator | None = None

    @property
    def catalogue_code(self) -> str:
        """The code of an indicator of the catalogue."""
        return "" if self.indicator is not None else self.code


def measure_of(of: NationalIndicator | str, network: Network | None) -> Measure:
    """What is measured; an indicator of the catalogue is measured for the place of a network.

    Raises InputError for a code that the catalogue does not have, RefusedError where no place is known.
    """
    if isinstance(of, NationalIndicator):
        low, high = _bounds(of.unit, of.valid_min, of.valid_max)
        return Measure(of.code, of.network, of.place, of.unit, low, high, frozenset(of.disaggregations), of)
    try:
        known = indicator(of)
    except NotFoundError:
        raise InputError.coded("indicator.not_known", code=repr(of)) from None
    if network is None or network.place is None:
        raise RefusedError("indicator.without_place", network=network.code if network else "")
    low, high = _bounds(known.unit, known.valid_min, known.valid_max)
    dimensions = frozenset({*known.disaggregations, *known.headline})
    return Measure(known.code, network, network.place, known.unit, low, high, dimensions)


def _bounds(unit: str, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The stated bounds; where none is stated, those of the unit."""
    known = units().get(unit)
    if low is None and high is None and known is not None:
        return known.minimum, known.maximum
    return low, high
