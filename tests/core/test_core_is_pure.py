"""Core needs nothing but Python: it imports without site-packages and without the environment."""

import subprocess
import sys
from pathlib import Path

from tests.core.test_doctests import core_modules

SOURCE = Path(__file__).resolve().parents[2] / "src"

PROGRAM = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
for name in sys.argv[2:]:
    importlib.import_module(name)
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(new - set(sys.stdlib_module_names)))
"""


def test_core_imports_only_the_standard_library() -> None:
    modules = core_modules()
    assert len(modules) >= 10

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM, str(SOURCE), *modules],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["kaikaku"]


def test_values_are_never_floats() -> None:
    core = SOURCE / "kaikaku" / "core"
    values = [core / name for name in ("numerals.py", "shares.py", "ratings.py")]
    values += [*core.glob("quantities/*.py"), *core.glob("indicators/*.py")]
    offenders = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in values
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "float(" in line.split("#")[0] or ": float" in line.split("#")[0]
    ]
    assert offenders == []
