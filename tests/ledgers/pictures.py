"""Pictures of ledgers, for the manual."""

from __future__ import annotations

from kaikaku.ledgers.models import Intake, Ledger, Record
from tests.manual.pictures import Picture
from tests.manual.world import World


def ledger(code: str) -> Ledger:
    return Ledger.objects.get(organisation__slug="mihon", code=code)


def record() -> Record:
    return Record.objects.get(ledger__organisation__slug="mihon", title="納税証明の交付の請求")


def intake(world: World) -> Intake:
    """A workbook that came back with one cell changed and one that cannot be read."""
    from kaikaku.ledgers import queries, services
    from kaikaku.ledgers.workbook import RowOut, write_workbook

    of, row = ledger("procedures"), record()
    values = {**row.values, "days": "15", "basis_text": "みほん県県税条例施行規則第22条", "url": "県のサイト"}
    department = str(row.department)
    out = RowOut(row.pk, row.version, department, row.state, row.public, values)
    data = write_workbook(of.kind, of.kind.lasting, [out], queries.departments_in(of.organisation))
    return services.receive_workbook(ledger=of, name="行政手続.xlsx", data=data, by=world.user("jimukyoku"))


PICTURES = (
    Picture(
        "ledgers/ledger",
        "jimukyoku",
        lambda world: world.at("ledgers:ledger", ledger("procedures").pk),
        crop=(".page-title", "form.filter", "main table tr:nth-child(5)"),
    ),
    Picture(
        "ledgers/record",
        "jimukyoku",
        lambda world: world.at("ledgers:record", record().pk),
        crop=(".page-title", "dl.values", "main table"),
    ),
    Picture(
        "ledgers/intake",
        "jimukyoku",
        lambda world: world.at("ledgers:intake", intake(world).pk),
        crop=(".page-title", "main .toolbar", "main table"),
        width=1240,
        changes=True,
    ),
    Picture(
        "ledgers/measures",
        "jimukyoku",
        lambda world: world.at("ledgers:measures", ledger("procedures").pk),
        crop=(".page-title", "main table"),
    ),
    Picture(
        "ledgers/editor",
        "jimukyoku",
        lambda world: world.at("ledgers:edit_kind", ledger("agreements").pk),
        crop=(".page-title", "fieldset.kind-row:nth-of-type(2)"),
    ),
)
