"""An indicator of さくら県 that counts how often sheets were sent back, bound to a metric of reporting.

Its records are steps of an earlier inquiry: `send_back` makes one, `never_sent_back` takes it away.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from kaikaku.org.models import User
from kaikaku.plans import services as plans
from kaikaku.plans.entries import IndicatorFields
from kaikaku.plans.models import Edition, Indicator
from kaikaku.reporting import services
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.entries import BindingFields, FigureEntry, PartEntry, RoundFields, SheetEntry
from kaikaku.reporting.models import Binding, Move, Round, Sheet, SheetFigure
from tests.cast import Cast
from tests.reporting.conftest import DATES, TEXTS, VALUES, YEAR, make_edition, reasons

NAME = "調書の差戻し件数"
BOUND = BindingFields("reporting.returned", 2022, note="手で数えていたもの")
EARLIER = Dates(date(2023, 9, 1), date(2023, 9, 8), date(2023, 9, 15), date(2023, 9, 29))
IN_THE_YEAR = datetime(2023, 10, 2, 3, 0, tzinfo=UTC)


def make_indicator(edition: Edition) -> Indicator:
    """The eighth indicator of 税務課, in 件 a year."""
    fields = IndicatorFields(NAME, unit="件", accumulation="flow", direction="down")
    section = edition.sections.order_by("position").last()
    return plans.add_indicator(edition=edition, section=section, fields=fields, by=None)


def earlier_sheet(edition: Edition, cast: Cast) -> Sheet:
    """A sheet of an inquiry of the year 令和5年度, whose steps are the records."""
    fields = RoundFields(YEAR, "one_off", "臨時の照会", EARLIER, with_figures=False)
    return services.open_round(edition=edition, fields=fields, by=cast.takahashi).sheets.get()


def send_back(sheet: Sheet, by: User, why: str = "確かめてください") -> Move:
    """One step more, on 2 October of 令和5年度."""
    move = Move.objects.create(
        sheet=sheet, action="return", from_state="submitted", to_state="returned", by=by, reason=why
    )
    Move.objects.filter(pk=move.pk).update(at=IN_THE_YEAR)
    return move


def never_sent_back(move: Move) -> None:
    """Taken back: the step does not count any more."""
    Move.objects.filter(pk=move.pk).update(undone_at=IN_THE_YEAR)


class Office:
    """An edition with the bound indicator, two records, and (once opened) a round that asks for it."""

    def __init__(self, cast: Cast, *, records: int = 2) -> None:
        self.cast = cast
        self.edition = make_edition(cast)
        self.indicator = make_indicator(self.edition)
        self.earlier = earlier_sheet(self.edition, cast)
        self.moves = [send_back(self.earlier, cast.suzuki, f"理由{n}") for n in range(records)]

    def bind(self, fields: BindingFields = BOUND) -> Binding:
        return services.bind(indicator=self.indicator, fields=fields, by=self.cast.takahashi)

    def open(self) -> Sheet:
        fields = RoundFields(YEAR, "annual", "令和5年度の実績照会", DATES)
        opened: Round = services.open_round(edition=self.edition, fields=fields, by=self.cast.takahashi)
        return opened.sheets.get()

    def row(self, sheet: Sheet) -> SheetFigure:
        return sheet.figures.select_related("indicator", "sheet__round").get(indicator=self.indicator)

    def fill(self, sheet: Sheet, **typed: str) -> Sheet:
        """Save what a clerk would send; `typed` may try to say something of the bound figure."""
        rows = list(sheet.figures.order_by("indicator__position"))
        entries = {row.pk: FigureEntry(text=text) for row, text in zip(rows, VALUES, strict=False)}
        entries[self.row(sheet).pk] = FigureEntry(**typed)
        said = SheetEntry(figures=entries, parts={part.pk: PartEntry(TEXTS) for part in sheet.parts.all()})
        return services.save_sheet(sheet=sheet, entry=said, version=sheet.version, by=self.cast.sato)

    def submit(self, sheet: Sheet) -> Sheet:
        filled = self.fill(sheet)
        return services.submit_sheet(sheet=filled, explanations=reasons(filled), by=self.cast.sato)

    def accepted(self) -> Sheet:
        """The whole way of a new round's sheet: 鈴木 confirms and bundles, 高橋 accepts."""
        sheet = services.confirm(sheet=self.submit(self.open()), by=self.cast.suzuki)
        sheet = services.bundle(sheet=sheet, by=self.cast.suzuki)
        return services.accept(sheet=sheet, by=self.cast.takahashi)


def bound_office(cast: Cast) -> Office:
    """An office whose indicator is bound already."""
    office = Office(cast)
    office.bind()
    return office
