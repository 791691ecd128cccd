"""The examples start from the demonstrations that the journeys build."""

from tests.journeys.conftest import demonstrations

__all__ = ["demonstrations"]
