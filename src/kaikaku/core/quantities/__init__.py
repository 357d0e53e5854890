"""Values with their units, as documents print them: read exactly, with all that qualifies them, printed back.

`parse_quantity` reads one cell, `find_quantities` a sentence. Unknown is no value and a reason.
"""

from kaikaku.core.quantities.blanks import REASONS, blank_reason, reason_text
from kaikaku.core.quantities.find import find_quantities
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.parse import parse_quantity
from kaikaku.core.quantities.show import show_quantity
from kaikaku.core.quantities.units import normal_unit, split_unit

__all__ = [
    "REASONS",
    "Quantity",
    "blank_reason",
    "find_quantities",
    "normal_unit",
    "parse_quantity",
    "reason_text",
    "show_quantity",
    "split_unit",
]
