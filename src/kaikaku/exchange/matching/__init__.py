"""Who goes where over a whole government at once: pure, no database.

`problem` says what may be matched, `solving` finds the best (proven, or with its gap), `telling` explains
each match and each non-match in sentences.
"""

from kaikaku.exchange.matching.problem import Problem, pose
from kaikaku.exchange.matching.solving import Solution, has_solver, solve
from kaikaku.exchange.matching.telling import Told, explain

__all__ = ["Problem", "Solution", "Told", "explain", "has_solver", "pose", "solve"]
