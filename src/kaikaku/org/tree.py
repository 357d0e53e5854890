"""The department tree as it stands on one day, worked out from the dated rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Department


@dataclass(frozen=True, slots=True)
class Branch:
    """A department in force, how deep it stands (1 at the top) and what is below it."""

    department: Department
    depth: int
    children: tuple[Branch, ...]

    def walk(self) -> Iterator[Branch]:
        """This branch and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """All departments of one organisation, seen on the day `on`."""

    def __init__(self, departments: Iterable[Department], on: date) -> None:
        self.on = on
        self.by_pk = {department.pk: department for department in departments}
        self._heirs: dict[int, int | None] = {}
        self._children: dict[int | None, list[Department]] = defaultdict(list)
        for department in self.by_pk.values():
            if self.in_force(department):
                parent = self.heir(department.parent_id) if department.parent_id else None
                self._children[parent.pk if parent else None].append(department)

    def in_force(self, department: Department) -> bool:
        """Whether the department exists on the day."""
        return department.opened <= self.on and (department.closed is None or department.closed >= self.on)

    def heir(self, pk: int) -> Department | None:
        """The department that has the duties of `pk` on the day: itself, or its successor's successor…"""
        if pk not in self._heirs:
            seen: set[int] = set()
            department = self.by_pk.get(pk)
            while department and not self.in_force(department) and department.pk not in seen:
                seen.add(department.pk)
                ended = department.closed is not None and department.closed < self.on
                following = department.successor_id if ended else None
                department = self.by_pk.get(following) if following else None
            self._heirs[pk] = department.pk if department and self.in_force(department) else None
        heir = self._heirs[pk]
        return self.by_pk[heir] if heir else None

    def branches(self, parent: int | None = None, *, depth: int = 1) -> tuple[Branch, ...]:
        """The branches below `parent`; from the top where None."""
        children = sorted(self._children[parent], key=lambda d: (d.position, d.opened, d.pk))
        return tuple(Branch(d, depth, self.branches(d.pk, depth=depth + 1)) for d in children)

    def below(self, pk: int) -> list[Department]:
        """All departments under `pk`, itself left out."""
        return [inner.department for branch in self.branches(pk) for inner in branch.walk()]

    def path(self, department: Department) -> list[Department]:
        """From the top down to the department."""
        path = [department]
        while path[0].parent_id and (parent := self.heir(path[0].parent_id)) and parent not in path:
            path.insert(0, parent)
        return path

    def with_predecessors(self, pks: Iterable[int]) -> frozenset[int]:
        """`pks` and every earlier department whose duties have come to them."""
        wanted = set(pks)
        return frozenset(pk for pk in self.by_pk if pk in wanted or ((h := self.heir(pk)) and h.pk in wanted))
