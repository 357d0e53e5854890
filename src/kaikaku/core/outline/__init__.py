"""Numbering of headings and items: which style a line begins with, and how deep it therefore stands.

Depth is never a property of a style: 第1 stands above Ⅰ in one document and below it in the next
(conventions.md §1). It follows from the order in which styles first appear, which is what Ranker keeps.
"""

from kaikaku.core.outline.markers import Marker, read_marker, read_markers, split_run_on
from kaikaku.core.outline.ranking import Ranker
from kaikaku.core.outline.signs import roman_value

__all__ = ["Marker", "Ranker", "read_marker", "read_markers", "roman_value", "split_run_on"]
