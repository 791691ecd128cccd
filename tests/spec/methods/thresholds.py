"""Chapter: where one class ends and the next begins. Each threshold is met exactly, and missed by a little."""

from tests.spec.methods.example import Chapter, Example, Result

TARGET = {"direction": "up", "target": 200.0, "target_year": 2025}


def towards(says: str, latest: float, unsd: Result, opensdg: Result) -> Example:
    return Example(says, {2024: 100, 2025: latest}, unsd, opensdg, rule=TARGET)


def without(says: str, latest: float, unsd: Result, opensdg: Result) -> Example:
    return Example(says, {2024: 100, 2025: latest}, unsd, opensdg, rule={"direction": "up"})


CHAPTERS = (
    Chapter(
        "Thresholds with a target",
        "The baseline is 100, the target 200. The latest value stands in the target year and one year after the "
        "baseline, so the share of the way and the ratio of the growth rates are the same number.",
        (
            towards(
                "95 per cent of the way is on track.",
                195,
                Result("on track", value=0.95),
                Result("on track", value=0.95, score=2.500055),
            ),
            towards(
                "Just under 95 per cent is not.",
                194.99,
                Result("fair", value=0.9499),
                Result("moderate", value=0.9499, score=2.49934071),
            ),
            towards(
                "60 per cent is the lower end of 'moderate' in Open SDG.",
                160,
                Result("fair", value=0.6),
                Result("moderate", value=0.6, score=0.00004),
            ),
            towards(
                "Just under 60 per cent is 'limited' there.",
                159.99,
                Result("fair", value=0.5999),
                Result("limited", value=0.5999, score=-0.00039667),
            ),
            towards(
                "10 per cent is the lower end of 'fair' in the UN chart.",
                110,
                Result("fair", value=0.1),
                Result("limited", value=0.1, score=-2.08333),
            ),
            towards(
                "Just under 10 per cent is stagnation there.",
                109.99,
                Result("stagnation", value=0.0999),
                Result("limited", value=0.0999, score=-2.08374667),
            ),
            towards(
                "No change is still 'limited' in Open SDG.",
                100,
                Result("stagnation", value=0.0),
                Result("limited", value=0.0, score=-2.5),
            ),
            towards(
                "Any loss is deterioration there.",
                99.99,
                Result("stagnation", value=-0.0001),
                Result("deterioration", value=-0.0001, score=-2.50041667),
            ),
            towards(
                "The score of Open SDG ends at -5.",
                20,
                Result("stagnation", value=-0.8),
                Result("deterioration", value=-0.8, score=-5.0),
            ),
        ),
    ),
    Chapter(
        "Thresholds without a target",
        "More is wanted, one year lies between baseline and latest value, so the growth rate can be read off.",
        (
            without(
                "Two per cent a year is on track in the UN chart.",
                102,
                Result("on track", value=0.02),
                Result("on track", value=0.02, score=5.0),
            ),
            without(
                "Just under two per cent is 'fair'; Open SDG is content from 1.5 per cent.",
                101.99,
                Result("fair", value=0.0199),
                Result("on track", value=0.0199, score=4.95),
            ),
            without(
                "1.5 per cent is on track in Open SDG.",
                101.5,
                Result("fair", value=0.015),
                Result("on track", value=0.015, score=2.5),
            ),
            without(
                "Just under 1.5 per cent is 'moderate' there.",
                101.49,
                Result("fair", value=0.0149),
                Result("moderate", value=0.0149, score=2.475),
            ),
            without(
                "Half a per cent is the lower end of 'fair' and of 'moderate'.",
                100.5,
                Result("fair", value=0.005),
                Result("moderate", value=0.005, score=0.0),
            ),
            without(
                "Just under half a per cent is stagnation, and 'limited' in Open SDG.",
                100.49,
                Result("stagnation", value=0.0049),
                Result("limited", value=0.0049, score=-0.05),
            ),
            without(
                "No change is 'limited' in Open SDG.",
                100,
                Result("stagnation", value=0.0),
                Result("limited", value=0.0, score=-2.5),
            ),
            without(
                "Any loss is deterioration there.",
                99.99,
                Result("stagnation", value=-0.0001),
                Result("deterioration", value=-0.0001, score=-2.5125),
            ),
            Example(
                "When less is wanted, falling by two per cent a year is on track.",
                {2024: 100, 2025: 98},
                Result("on track", value=0.02),
                Result("on track", value=0.02, score=5.0),
                rule={"direction": "down"},
            ),
        ),
    ),
    Chapter(
        "Over several years",
        "The yearly rate is the one that compounds to the whole change.",
        (
            Example(
                "A fall from 100 to 90 in ten years leads to 85.4 in 2030, 29 per cent of the way to 50.",
                {2015: 100, 2025: 90},
                Result("fair", value=0.292370),
                Result("limited", value=0.232088),
                rule={"direction": "down", "target": 50.0},
            ),
            Example(
                "A rise where a fall is wanted is never progress, however fast it is.",
                {2015: 100, 2025: 110},
                Result("stagnation", value=-0.307380),
                Result("deterioration", value=-0.212066),
                rule={"direction": "down", "target": 50.0},
            ),
            Example(
                "Values between baseline and latest year do not matter for the rate.",
                {2015: 100, 2018: 500, 2025: 90},
                Result("fair", value=0.292370),
                Result("limited", value=0.232088),
                rule={"direction": "down", "target": 50.0},
            ),
        ),
    ),
)
