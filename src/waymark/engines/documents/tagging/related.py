"""SDG targets, principles and topics of the Progress Declaration: from their own terms and from the objectives.

These scores order; they are no shares, because no publisher labels passages this way. A code's own terms count: their
evidence e becomes 1 - exp(-e / HALF_WAY). A target or topic that a crosswalk ties to an objective gets CARRIED of the
objective's score, less when the objective is tied to many. Both are joined as independent signs: 1 - (1 - a)(1 - b).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from waymark.engines.documents.model import Reason, Scored
from waymark.engines.documents.tagging.lexicon import Evidence, Target
from waymark.engines.documents.tagging.results import LEAST_SCORE, MOST_REASONS
from waymark.gcm.frameworks import links, provision

HALF_WAY = 3.0
"""One decisive term (weight 3) gives 0.63."""

CARRIED = {"sdg": 0.5, "pd-2022": 0.3}
"""The most that an objective's score gives to a provision tied to it."""

LEAST_CARRIED = 0.02
"""An objective with a lower score gives nothing."""

LONGEST = 12
"""No ranking of targets, principles or topics is longer."""


@dataclass(frozen=True, slots=True)
class _Tie:
    code: str
    share: float


@cache
def _ties(framework: str) -> dict[str, tuple[_Tie, ...]]:
    """For each objective the provisions of a framework tied to it, with the share of its score that each gets."""
    if framework == "sdg":
        pairs = [(one.from_code, one.to_code) for one in links("gcm", to_framework="sdg") if one.followed]
    else:
        pairs = [(one.to_code, one.from_code) for one in links(framework, to_framework="gcm") if one.followed]
    pairs = [pair for pair in pairs if provision(framework, pair[1]).kind != "paragraph"]
    codes: dict[str, list[str]] = {}
    for objective, code in pairs:
        codes.setdefault(objective, []).append(code)
    return {
        objective: tuple(_Tie(code, CARRIED[framework] / (1.0 + math.log(len(tied)))) for code in tied)
        for objective, tied in codes.items()
    }


def carried(framework: str, objectives: Mapping[str, float]) -> dict[str, tuple[float, str]]:
    """What the objectives' scores give to each tied provision, and the objective that gives most."""
    given: dict[str, tuple[float, float, str]] = {}
    ties = _ties(framework)
    for objective, score in objectives.items():
        for tie in ties.get(objective, ()):
            share = score * tie.share
            missing, most, best = given.get(tie.code, (1.0, 0.0, ""))
            given[tie.code] = (missing * (1.0 - share), max(most, share), objective if share > most else best)
    return {code: (1.0 - missing, best) for code, (missing, _, best) in given.items()}


def ranking(framework: str, evidence: Evidence, text: str, objectives: tuple[Scored, ...]) -> tuple[Scored, ...]:
    """The provisions of `framework` that a passage speaks to ("principles" for those of the Compact), best first.

    The reasons are words of the passage: the code's own terms, else those of the objective that carried it.
    """
    direct = {
        target: score
        for target, score in evidence.scores.items()
        if score > 0 and _of(target, framework) and target.code not in ("context", "none")
    }
    scores = {target.code: (1.0 - math.exp(-score / HALF_WAY), "") for target, score in direct.items()}
    reasons = {target.code: _words(evidence, target, text) for target in direct}
    if framework in CARRIED:
        because = {one.code: one.reasons for one in objectives}
        likely = {one.code: one.score for one in objectives if one.score >= LEAST_CARRIED}
        for code, (score, objective) in carried(framework, likely).items():
            own = scores.get(code, (0.0, ""))[0]
            scores[code] = (1.0 - (1.0 - own) * (1.0 - score), objective)
            reasons.setdefault(code, because.get(objective, ()))
    best = sorted(scores.items(), key=lambda row: (-row[1][0], _order(row[0])))
    return tuple(
        Scored(code, round(score, 4), reasons.get(code, ())) for code, (score, _) in best if score >= LEAST_SCORE
    )[:LONGEST]


def _of(target: Target, framework: str) -> bool:
    if framework == "principles":
        return target.framework == "gcm" and target.code.startswith("P.")
    return target.framework == framework


def _words(evidence: Evidence, target: Target, text: str) -> tuple[Reason, ...]:
    return tuple(
        Reason(found.words(text), round(weight, 3), "lexicon")
        for weight, found in evidence.reasons(target)
        if weight > 0
    )[:MOST_REASONS]


@cache
def _order(code: str) -> tuple[tuple[int, int | str], ...]:
    """Codes in the order of their numbers: 1.4 before 1.10, 10.c after 10.7."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in code.replace("-", ".").split("."))
