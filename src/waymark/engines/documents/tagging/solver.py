"""Multinomial logistic regression with a ridge penalty, in plain numpy, for many sparse features and few rows.

With X the rows (n by f), Y the wanted shares of each class (n by c, rows sum to one), D the rows' weights and P the
softmax of XW + b, it finds the W and b that make least

    - sum_i D_i sum_k Y_ik log P_ik  +  penalty / 2 * |W|^2

in the dual form W = X'A, so that only the n by n matrix K = XX' + BIAS is needed (BIAS stands for the feature that is
always one). Each step uses the upper bound 1/2 on the curvature of the softmax (Boehning, 1992, "Multinomial logistic
regression algorithm"): A += (K D / 2 + penalty)^-1 (D (Y - P) - penalty A); it can never overshoot.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BIAS = 1.0
"""The square of the feature that is always one."""


def softmax(scores: Array) -> Array:
    """Shares of the classes for rows of scores (the last axis)."""
    risen = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(risen / risen.sum(axis=-1, keepdims=True))


def fit(
    kernel: Array,
    wanted: Array,
    weights: Array,
    penalty: float,
    *,
    start: Array | None = None,
    steps: int = 300,
    near: float = 1e-4,
) -> Array:
    """The A (n by c) that makes the loss above least; scores of rows are `(kernel + BIAS) @ A`.

    `kernel` is XX' without the bias. `start` (n by c) are scores the rows have already; what is found is added to them.
    Stops after `steps`, or when no gradient is above `near`.
    """
    whole = kernel + BIAS
    inverse = np.linalg.inv(0.5 * weights[:, None] * whole + penalty * np.eye(len(whole)))
    found = np.zeros_like(wanted)
    given = np.zeros_like(wanted) if start is None else start
    for _ in range(steps):
        gradient = weights[:, None] * (wanted - softmax(given + whole @ found)) - penalty * found
        found += inverse @ gradient
        if np.abs(gradient).max() < near:
            break
    return found
