"""Chapter: targets met, lost, near, equal to the baseline, a part of it, or past; series at the end of their scale."""

from tests.spec.methods.example import Chapter, Example, Result, unable

UP_100 = {"direction": "up", "target": 100.0}
UP_LIMIT = {"direction": "up", "natural_limit": 100.0}
BY_HALF = {"direction": "down", "target": 0.5, "of_baseline": True}
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
                flags=("met or within one point in 2018, lost",),
            ),
            Example(
                "Met at the baseline and lost: a share of the way would turn the loss into progress; it is regression.",
                {2015: 105, 2025: 98},
                Result("stagnation"),
                Result("deterioration", value=-2.117249, score=-5.0),
                rule=UP_100,
                flags=("met or within one point in 2015, lost",),
            ),
            Example(
                "Exactly at the target and lost since: regression in both, although neither can divide by nothing.",
                {2015: 100, 2025: 90},
                Result("stagnation"),
                Result("deterioration", score=-5.0),
                rule=UP_100,
                flags=("met or within one point in 2015, lost",),
            ),
            Example(
                "Nothing was wanted and nothing there was; now there is something.",
                {2015: 0, 2025: 5},
                Result("stagnation"),
                Result("deterioration", score=-5.0),
                rule={"direction": "down", "target": 0.0},
                flags=("met or within one point in 2015, lost", "zero values: 1"),
            ),
        ),
    ),
    Chapter(
        "By half",
        "A target may be a part of the baseline value, as where a text says: by half. It is met once the latest value "
        "is that part of the baseline or less.",
        (
            Example(
                "From 40 to 20 is by half.",
                {2015: 40, 2025: 20},
                Result("on track"),
                ACHIEVED,
                rule=BY_HALF,
                flags=("target met",),
            ),
            Example(
                "From 40 to 30 in ten years leads to 26 in 2030, seven tenths of the way to 20.",
                {2015: 40, 2025: 30},
                Result("fair", value=0.700963),
                Result("moderate", value=0.627975),
                rule=BY_HALF,
            ),
            Example(
                "Of an earlier baseline the half is another number.",
                {2012: 60, 2025: 30},
                Result("on track"),
                unable("one point"),
                rule=BY_HALF,
                flags=("baseline of an earlier year: 2012", "target met"),
                opensdg_flags=(),
            ),
            Example(
                "One value has no half to reach, be it zero.",
                {2025: 0},
                unable("one point"),
                unable("one point"),
                rule=BY_HALF,
                flags=("zero values: 1",),
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
        "A baseline that met the target leaves nothing to cover; a target year before the baseline leaves no time.",
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
        "nothing left to improve. The UN chart knows no such case and says stagnation; a flag of ours says it beside. "
        "Percentages stand there within one point. The thresholds of Open SDG fall to zero at the limit, so staying "
        "there is on track.",
        (
            Example(
                "100 per cent in both years, and more is wanted.",
                {2015: 100, 2025: 100},
                Result("stagnation", value=0.0),
                Result("on track", value=0.0, score=5.0),
                rule={**UP_LIMIT, "percent": True},
                flags=("at its limit",),
            ),
            Example(
                "A percentage within one point counts as at the limit, whichever way it moved.",
                {2015: 99.8, 2025: 99},
                Result("stagnation", value=-0.000804),
                Result("deterioration", value=-0.000804),
                rule={**UP_LIMIT, "percent": True},
                flags=("at its limit",),
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
                unable("baseline zero"),
                Result("on track", value=1.0, score=5.0),
                rule={"direction": "down", "natural_limit": 0.0},
                flags=("at its limit", "zero values: 2"),
            ),
            Example(
                "The highest step of a scale, in both years.",
                {2015: 4, 2025: 4},
                unable("steps without a rate"),
                unable("steps without a rate"),
                rule={"direction": "up", "natural_limit": 4.0, "categorical": True},
                flags=("at its limit",),
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
                "An old value stands there as well.",
                {2015: 100, 2020: 100},
                Result("stagnation", value=0.0),
                Result("on track", value=0.0, score=5.0),
                rule=UP_LIMIT,
                flags=("more than five years old", "at its limit"),
            ),
        ),
    ),
)
