"""Everything read of ledgers; what a screen shows takes the user."""

from kaikaku.ledgers.queries.access import (
    READERS,
    WRITERS,
    intake_for,
    ledger_for,
    ledgers_for,
    may_write,
    reads_all,
    record_for,
    records_for,
    seen_fields,
)
from kaikaku.ledgers.queries.announced import chapter_for, found_for, tasks_for
from kaikaku.ledgers.queries.lists import (
    Asked,
    all_yearly,
    columns_of,
    departments_used,
    filters_of,
    found_records,
    ledger_rows,
    options_of,
)
from kaikaku.ledgers.queries.measured import totals
from kaikaku.ledgers.queries.shown import departments_in, figures_of, shown_values

__all__ = [
    "READERS",
    "WRITERS",
    "Asked",
    "all_yearly",
    "chapter_for",
    "columns_of",
    "departments_in",
    "departments_used",
    "figures_of",
    "filters_of",
    "found_for",
    "found_records",
    "intake_for",
    "ledger_for",
    "ledger_rows",
    "ledgers_for",
    "may_write",
    "options_of",
    "reads_all",
    "record_for",
    "records_for",
    "seen_fields",
    "shown_values",
    "tasks_for",
    "totals",
]
