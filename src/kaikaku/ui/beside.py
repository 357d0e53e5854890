"""What apps above plans have to say beside an indicator; its page collects it and knows none of them.

An app's `queries` may offer

    beside_indicator(user, indicator) -> Iterable[Beside]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Beside:
    """A box on the indicator's page. `years` gives, for the actual of a fiscal year, words and an address
    that stand beside it; `url` is "" for who may not read on. `warns` where something wants to be looked at.
    """

    heading: str
    lines: tuple[str, ...]
    url: str = ""
    link: str = ""
    warns: bool = False
    years: Mapping[int, tuple[str, str]] = field(default_factory=dict)
