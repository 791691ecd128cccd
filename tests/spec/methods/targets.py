"""Chapter: targets met, lost, near, equal to the baseline, or past; series at the end of their scale."""

from tests.spec.methods.example import Chapter, Example, Result, unable

UP_100 = {"direction": "up", "target": 100.0}
UP_LIMIT = {"direction": "up", "natural_limit": 100.0}
ACHIEVED = Result("achieved", score=5.0)

CHAPTERS = (
    Chapter(
        "Met and lost",
        "A target met by the latest value is met, whatever the trend. One that was met earlier is assessed on the "
        "trend, with a flag.",
        (
            Example(
                "The latest value meets the target exactly.",
                {2015: 80, 2025: 100},
                Result("on track"),
                ACHIEVED,
                rule=UP_100,
                flags=("target met",),
            ),
            Example(
                "It meets the target although it falls.",
                {2015: 120, 2025: 101},
                Result("on track"),
                ACHIEVED,
                rule=UP_100,
                flags=("target met",),
            ),
            Example(
                "Less is wanted, and the latest value is below the target.",
                {2015: 9, 2025: 2.9},
                Result("on track"),
                ACHIEVED,
                rule={"direction": "down", "target": 3.0},
                flags=("target met",),
            ),
            Example(
                "Met in 2018 and lost: the trend from the baseline decides.",
                {2015: 90, 2018: 101, 2025: 97},
                Result("on track", value=1.070159),
                Result("on track", value=1.066606),
                rule=UP_100,
                flags=("met in 2018, lost",),
            ),
            Example(
                "Met at the baseline and lost: a share of the way would turn the loss into progress; it is regression.",
                {2015: 105, 2025: 98},
                Result("stagnation"),
                Result("deterioration", value=-2.117249, score=-5.0),
                rule=UP_100,
                flags=("met in 2015, lost",),
            ),
        ),
    ),
    Chapter(
        "Near the end of the scale",
        "In the UN chart a percentage within one point of a target of 0 or 100 counts as met. Not in Open SDG.",
        (
            Example(
                "99 per cent where 100 is the target: met.",
                {2015: 98, 2025: 99},
                Result("on track", value=0.751910),
                Result("moderate", value=0.753663),
                rule={**UP_100, "percent": True},
                flags=("within one point of the target",),
            ),
            Example(
                "98.9 per cent: not met.",
                {2015: 98, 2025: 98.9},
                Result("fair", value=0.676547),
                Result("moderate", value=0.678606),
                rule={**UP_100, "percent": True},
            ),
            Example(
                "0.9 per cent where 0 is the target: met.",
                {2015: 20, 2025: 0.9},
                Result("on track"),
                Result("limited", value=0.551729),
                rule={"direction": "down", "target": 0.0, "percent": True},
                flags=("within one point of the target",),
            ),
            Example(
                "The rule holds for percentages only.",
                {2015: 98, 2025: 99},
                Result("fair", value=0.751910),
                Result("moderate", value=0.753663),
                rule=UP_100,
            ),
            Example(
                "And for the ends of the scale only: one point from another target is not met.",
                {2015: 78, 2025: 79},
                Result("fair", value=0.752399),
                Result("moderate", value=0.754591),
                rule={"direction": "up", "target": 80.0, "percent": True},
            ),
        ),
    ),
    Chapter(
        "No distance, no time",
        "A target equal to the baseline leaves nothing to cover; a target year before the baseline leaves no time.",
        (
            Example(
                "Baseline, target and latest value are the same: met.",
                {2015: 100, 2025: 100},
                Result("on track"),
                ACHIEVED,
                rule=UP_100,
                flags=("target met",),
            ),
            Example(
                "The baseline equals the target and the value fell since: neither method can divide by nothing.",
                {2015: 100, 2025: 90},
                unable("no distance to cover"),
                unable("no distance to cover"),
                rule=UP_100,
                flags=("met in 2015, lost",),
            ),
            Example(
                "A target year in the past takes the place of 2030: what did the trend mean for that year.",
                {2015: 100, 2025: 60},
                Result("fair", value=0.450807),
                Result("limited", value=0.384705),
                rule={"direction": "down", "target": 50.0, "target_year": 2020},
                flags=("target year passed",),
            ),
            Example(
                "A target year that is not later than the first value cannot be assessed.",
                {2016: 100, 2025: 90},
                unable("target year before baseline"),
                unable("target year before baseline"),
                rule={"direction": "down", "target": 50.0, "target_year": 2016},
                flags=("target year passed",),
            ),
        ),
    ),
    Chapter(
        "At the natural limit",
        "Without a target, a series whose baseline and latest value both stand at the natural limit of its scale has "
        "nothing left to improve: neither progress nor stagnation (our rule). Percentages stand there within one "
        "point. Open SDG keeps its own rule: its thresholds fall to zero at the limit, so staying there is on track.",
        (
            Example(
                "100 per cent in both years, and more is wanted.",
                {2015: 100, 2025: 100},
                unable("at its limit"),
                Result("on track", value=0.0, score=5.0),
                rule={**UP_LIMIT, "percent": True},
            ),
            Example(
                "A percentage within one point counts as at the limit, whichever way it moved.",
                {2015: 99.8, 2025: 99},
                unable("at its limit"),
                Result("deterioration", value=-0.000804),
                rule={**UP_LIMIT, "percent": True},
            ),
            Example(
                "A baseline further away had something to improve.",
                {2015: 98.9, 2025: 100},
                Result("stagnation", value=0.001107),
                Result("on track", value=0.001107),
                rule={**UP_LIMIT, "percent": True},
            ),
            Example(
                "A latest value further away left the limit.",
                {2015: 100, 2025: 98.9},
                Result("stagnation", value=-0.001105),
                Result("deterioration", value=-0.001105),
                rule={**UP_LIMIT, "percent": True},
            ),
            Example(
                "Other units must stand at the limit exactly.",
                {2015: 99.5, 2025: 99.5},
                Result("stagnation", value=0.0),
                Result("limited", value=0.0),
                rule=UP_LIMIT,
            ),
            Example(
                "Less is wanted, and nothing is left.",
                {2015: 0, 2025: 0},
                unable("at its limit"),
                Result("on track", value=1.0, score=5.0),
                rule={"direction": "down", "natural_limit": 0.0},
                flags=("zero values: 2",),
            ),
            Example(
                "The highest step of a scale, in both years.",
                {2015: 4, 2025: 4},
                unable("at its limit"),
                unable("steps without a rate"),
                rule={"direction": "up", "natural_limit": 4.0, "categorical": True},
            ),
            Example(
                "A stated target decides, not the limit.",
                {2015: 100, 2025: 100},
                Result("on track"),
                ACHIEVED,
                rule={**UP_LIMIT, "target": 90.0},
                flags=("target met",),
            ),
            Example(
                "An old value is too old first.",
                {2015: 100, 2020: 100},
                unable("too old"),
                unable("too old"),
                rule=UP_LIMIT,
                flags=("more than five years old",),
            ),
        ),
    ),
)
