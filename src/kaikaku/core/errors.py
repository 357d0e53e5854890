"""The one way in which a rule says no."""

from __future__ import annotations


class RuleViolation(Exception):  # noqa: N818 - the domain's own word, shown to people, not a crash
    """A rule of the field or of the house was broken.

    `code` is for programs (dotted, English); `message` is a Japanese sentence for the person: what, where
    and what to do next; `field` names the form field it belongs to, where there is one; `data` carries what a
    caller may need to word it differently.

    >>> problem = RuleViolation("figure.unreadable", "「1OO」は数値ではありません。", field="actual", line=12)
    >>> str(problem)
    '「1OO」は数値ではありません。'
    >>> problem.code, problem.field, problem.data
    ('figure.unreadable', 'actual', {'line': 12})
    """

    def __init__(self, code: str, message: str, *, field: str | None = None, **data: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.data = data

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        # the default would call the class with the message only, and the exception could not cross processes
        return _rebuild, (self.code, self.message, self.field, self.data)


def _rebuild(code: str, message: str, field: str | None, data: dict[str, object]) -> RuleViolation:
    return RuleViolation(code, message, field=field, **data)
