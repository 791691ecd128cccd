"""The chapters of the specification, in order."""

from tests.spec.methods import kinds, points, targets, thresholds
from tests.spec.methods.example import Chapter

CHAPTERS: tuple[Chapter, ...] = (*thresholds.CHAPTERS, *points.CHAPTERS, *targets.CHAPTERS, *kinds.CHAPTERS)
