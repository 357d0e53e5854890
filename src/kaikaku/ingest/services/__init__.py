"""Every write of an import: one function per intention, each with its audit row in the same transaction."""

from kaikaku.ingest.services.accepting import Accepted, accept
from kaikaku.ingest.services.deciding import correct, correct_head, discard, drop, restore
from kaikaku.ingest.services.proposing import propose
from kaikaku.ingest.services.shaping import (
    HOMES,
    JOINABLE,
    add,
    convert,
    indent,
    join,
    join_all,
    move,
    outdent,
    split,
)

__all__ = [
    "HOMES",
    "JOINABLE",
    "Accepted",
    "accept",
    "add",
    "convert",
    "correct",
    "correct_head",
    "discard",
    "drop",
    "indent",
    "join",
    "join_all",
    "move",
    "outdent",
    "propose",
    "restore",
    "split",
]
