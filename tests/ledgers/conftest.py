"""Ledgers of さくら県 with records of 税務課 and of nobody."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.cast import Cast

if "ledgers" in settings.KAIKAKU_APPS:
    from kaikaku.ledgers.models import Ledger, Record
    from tests.ledgers import register
else:  # a government without this app runs the tests of the others
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def agreements(cast: Cast) -> Ledger:
    """包括連携協定, as shipped."""
    return register.ledger(cast, "agreements")


@pytest.fixture
def contracts(cast: Cast) -> Ledger:
    """契約, of which the planned price is kept to those who deal with contracts."""
    return register.ledger(cast, "contracts")


@pytest.fixture
def agreement(cast: Cast, agreements: Ledger) -> Record:
    """An agreement of 税務課 that is not public."""
    return register.agreement(cast, agreements)
