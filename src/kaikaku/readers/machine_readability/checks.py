"""Which function checks which rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kaikaku.readers.machine_readability import axes, cells, columns, delimited, figures, structure, workbook
from kaikaku.readers.machine_readability.finding import Check

CHECKS: Final[Mapping[str, Check]] = {
    "L1-01": structure.check_format,
    "L1-02": structure.check_one_table,
    "L1-03": structure.check_parted,
    "L1-04": structure.check_outside,
    "L1-05": structure.check_header_names,
    "L1-06": cells.check_layout_blanks,
    "L1-07": cells.check_one_datum,
    "L1-08": cells.check_characters,
    "L1-09": figures.check_blank_and_zero,
    "L1-10": workbook.check_objects,
    "L1-11": workbook.check_looks,
    "L1-12": workbook.check_merges,
    "L1-13": workbook.check_hidden,
    "L1-14": delimited.check_one_line,
    "L1-15": delimited.check_quotes,
    "L2-01": figures.check_numeric,
    "L2-02": columns.check_repeats,
    "L2-03": structure.check_header_unique,
    "L2-04": columns.check_choices,
    "L2-05": columns.check_other,
    "L2-06": workbook.check_formulas,
    "L3-01": structure.check_header_first,
    "L3-02": columns.check_codes,
    "L3-03": figures.check_symbols,
    "L3-04": figures.check_units,
    "L3-05": axes.check_time,
    "L3-06": axes.check_area,
    "L3-07": columns.check_same_format,
    "L3-08": delimited.check_encoding,
    "L3-09": columns.check_long_form,
}
NEED_NO_TABLE: Final = frozenset(
    {"L1-01", "L1-03", "L1-06", "L1-08", "L1-10", "L1-12", "L1-13", "L1-14", "L1-15"}
)
