"""How deep a heading stands, from the order in which numbering styles first appear."""

from __future__ import annotations

from kaikaku.core.outline.markers import Marker


class Ranker:
    """Gives each marker its depth (from 1) in the order in which styles first appear.

    A style that stands on the path returns to its depth and forgets what was deeper; a new one goes one
    deeper. What stood above what is remembered, so that a chapter that leaves a level out does not turn the
    tree upside down when that level comes back.

    >>> ranker = Ranker()
    >>> [ranker.depth(style) for style in ("第", "digit", "(digit)", "digit", "第", "(digit)", "digit")]
    [1, 2, 3, 2, 1, 2, 2]
    """

    def __init__(self) -> None:
        self._path: list[str] = []
        self._above: set[tuple[str, str]] = set()

    def depth(self, marker: Marker | str) -> int:
        """The depth of the next heading of the document, given as its marker or its style."""
        style = marker if isinstance(marker, str) else marker.style
        if style in self._path:
            del self._path[self._path.index(style) :]
        else:
            while (
                self._path
                and (style, self._path[-1]) in self._above
                and (self._path[-1], style) not in self._above
            ):
                self._path.pop()
        self._above.update((above, style) for above in self._path)
        self._path.append(style)
        return len(self._path)

    def reset(self) -> None:
        """Begin another part of the document (an appendix), which numbers in its own way."""
        self._path.clear()
        self._above.clear()
