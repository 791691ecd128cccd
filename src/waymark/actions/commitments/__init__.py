"""What is done to commitments: propose and share, plan, carry through their states, follow from another network."""

from waymark.actions.commitments import planning, proposing
from waymark.actions.commitments.carrying import agree, complete, drop, reopen, start, supersede
from waymark.actions.commitments.following import (
    agree_following,
    decline_following,
    end_following,
    propose_following,
)
from waymark.actions.commitments.planning import (
    BudgetFacts,
    MeansFacts,
    MilestoneFacts,
    ResultFacts,
    RiskFacts,
    budget,
    name_means,
    note_risk,
    plan_result,
    reach_milestone,
    set_milestone,
)
from waymark.actions.commitments.proposing import CommitmentFacts, Partner, Served, join, leave, match, propose, tie

__all__ = [
    "AMENDS", "BudgetFacts", "CommitmentFacts", "MeansFacts", "MilestoneFacts", "Partner", "ResultFacts", "RiskFacts",
    "Served", "agree", "agree_following", "budget", "complete", "decline_following", "drop", "end_following", "join",
    "leave", "match", "name_means", "note_risk", "plan_result", "propose", "propose_following", "reach_milestone",
    "reopen", "set_milestone", "start", "supersede", "tie",
]  # fmt: skip

AMENDS = {**proposing.AMENDS, **planning.AMENDS}
"""How what stands here is corrected."""
