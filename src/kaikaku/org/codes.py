"""団体コード: five digits and a check digit (総務省: weights 6 5 4 3 2, modulo 11)."""

from kaikaku.core.errors import RuleViolation


def check_digit(five: str) -> str:
    """The sixth digit: 青森 02000 → 1.

    >>> check_digit("02000"), check_digit("03000"), check_digit("35000")
    ('1', '7', '1')
    """
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def check_code(code: str) -> str:
    """`code` if it is a well-formed 6-digit 団体コード; RuleViolation otherwise."""
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        raise RuleViolation(
            "org.code_shape",
            f"団体コード「{code}」は6桁の数字で入力してください（例：030007）。",
            field="code",
        )
    if check_digit(code[:5]) != code[5]:
        raise RuleViolation(
            "org.code_check_digit",
            f"団体コード「{code}」の検査数字（6桁目）が合いません。5桁目までを確かめてください。",
            field="code",
        )
    return code
