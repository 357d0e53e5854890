"""The examples in the docstrings of core are true."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import kaikaku.core


def core_modules() -> list[str]:
    return sorted(module.name for module in pkgutil.walk_packages(kaikaku.core.__path__, "kaikaku.core."))


@pytest.mark.parametrize("name", core_modules())
def test_examples_of_module(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0
