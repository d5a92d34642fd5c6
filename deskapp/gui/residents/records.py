"""What the tables of a household's file show, column by column (A1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from deskapp.base.i18n import say
from deskapp.domain.defects import ENDED
from deskapp.domain.errands import ErrandState
from deskapp.domain.fees import ChargeState
from deskapp.domain.papers import PaperState
from deskapp.domain.rules import Rules
from deskapp.gui.models.rows import Column
from deskapp.gui.residents import wording
from deskapp.gui.widgets.money import written
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import exact
from deskapp.services.documents import form_name
from deskapp.services.movein.views import DocumentRef
from deskapp.services.residents.browse import RoomRow
from deskapp.services.residents.views import (
    ChargeRow,
    DefectRow,
    ErrandRow,
    KeyRow,
    MeterRow,
    PaperRow,
    PersonView,
    ReceiptRow,
    SignatureRow,
    TimelineRow,
)

Now = Callable[[], datetime]


def timeline_columns(now: Now) -> tuple[Column[TimelineRow], ...]:
    """When, what, who, where."""
    return (
        Column(
            say("residents.column.when"),
            lambda row: wording.moment(row.at, now()),
            150,
            tip=lambda row: exact(row.at),
        ),
        Column(say("residents.column.what"), wording.happened),
        Column(say("residents.column.by"), lambda row: row.staff, 110),
        Column(say("residents.column.desk"), lambda row: row.desk, 110),
    )


def people_columns(today: Callable[[], date]) -> tuple[Column[PersonView], ...]:
    """Role, name, share, days, identity, phones, who else might be meant."""

    def ended(row: PersonView) -> str:
        return "muted" if row.until is not None and row.until < today() else ""

    return (
        Column(say("residents.column.role"), lambda row: wording.role(row.role), 96, colour=ended),
        Column(say("residents.column.name"), lambda row: row.name, 170, colour=ended),
        Column(say("residents.column.share"), lambda row: row.share, 70, colour=ended),
        Column(say("residents.column.term"), wording.term, 210, colour=ended),
        Column(say("residents.column.identity"), lambda row: row.id_masked, 180, colour=ended),
        Column(say("residents.column.phones"), wording.phones, 150, colour=ended),
        Column(
            say("residents.column.apart"),
            wording.told_apart,
            colour=lambda row: "warning" if row.namesakes else ended(row),
        ),
    )


def paper_columns(rules: Rules) -> tuple[Column[PaperRow], ...]:
    """Paper, copies, where it stands."""

    def alarm(row: PaperRow) -> str:
        return "warning" if row.state in (PaperState.SHORT, PaperState.REFUSED) else ""

    return (
        Column(say("residents.column.paper"), lambda row: wording.paper_title(rules, row.code)),
        Column(say("residents.column.copies"), lambda row: str(row.copies), 80, number=True),
        Column(
            say("residents.column.state"), lambda row: say(f"papers.state.{row.state}"), 130, colour=alarm
        ),
        Column(say("residents.column.promised"), lambda row: wording.day(row.promised), 130),
    )


def errand_columns(today: Callable[[], date]) -> tuple[Column[ErrandRow], ...]:
    """Number, matter, where it stands, promised for when, fee."""

    def late(row: ErrandRow) -> bool:
        return row.state == ErrandState.TAKEN and row.promised < today()

    def promised(row: ErrandRow) -> str:
        text = wording.day(row.promised)
        return say("residents.overdue", day=text) if late(row) else text

    return (
        Column(say("residents.column.number"), lambda row: row.number, 180),
        Column(say("residents.column.matter"), lambda row: row.matter),
        Column(say("residents.column.state"), lambda row: say(f"errands.state.{row.state}"), 130),
        Column(
            say("residents.column.promised"),
            promised,
            170,
            colour=lambda row: "danger" if late(row) else "",
        ),
        Column(say("residents.column.fee"), lambda row: written(row.fee), 110, number=True),
    )


def key_columns(rules: Rules) -> tuple[Column[KeyRow], ...]:
    """Kind, pieces and where they are."""
    return (
        Column(say("residents.column.key"), lambda row: wording.key_title(rules, row.kind), 260),
        Column(say("residents.column.total"), lambda row: str(row.total), 80, number=True),
        Column(say("keys.place.handed"), lambda row: str(row.handed), 150, number=True),
        Column(say("keys.place.kept"), lambda row: str(row.kept), 150, number=True),
        Column(say("keys.place.lent"), lambda row: str(row.lent), 180, number=True),
        Column(say("residents.column.custody"), wording.kept),
    )


def meter_columns(now: Now) -> tuple[Column[MeterRow], ...]:
    """Meter, digits as read, when."""
    return (
        Column(say("residents.column.meter"), lambda row: say(f"inspection.meter.{row.meter}"), 220),
        Column(say("residents.column.reading"), lambda row: row.reading, 130, number=True),
        Column(
            say("residents.column.when"),
            lambda row: wording.moment(row.read_at, now()),
            tip=lambda row: exact(row.read_at),
        ),
    )


def defect_columns(rules: Rules, today: Callable[[], date]) -> tuple[Column[DefectRow], ...]:
    """Where, what, how bad, whose, until when; red only for what is overdue, with the word beside it."""

    def overdue(row: DefectRow) -> bool:
        return row.state not in ENDED and row.due < today()

    def due(row: DefectRow) -> str:
        text = wording.day(row.due)
        return say("residents.overdue", day=text) if overdue(row) else text

    return (
        Column(say("residents.column.room"), lambda row: wording.room(rules, row.room), 100),
        Column(say("residents.column.trade"), lambda row: wording.trade(rules, row.trade), 130),
        Column(say("residents.column.defect"), lambda row: row.description),
        Column(say("residents.column.severity"), lambda row: say(f"inspection.severity.{row.severity}"), 90),
        Column(say("residents.column.party"), lambda row: say(f"inspection.party.{row.party}"), 110),
        Column(say("residents.column.state"), lambda row: say(f"inspection.defect.state.{row.state}"), 130),
        Column(say("residents.column.due"), due, 170, colour=lambda row: "danger" if overdue(row) else ""),
        Column(say("residents.column.order"), lambda row: row.order_number, 150),
        Column(say("residents.column.photos"), lambda row: str(len(row.photos) or ""), 60, number=True),
    )


def charge_columns() -> tuple[Column[ChargeRow], ...]:
    """Item, amount, paid, open, where it stands."""
    return (
        Column(say("residents.column.charge"), lambda row: row.title),
        Column(say("residents.column.amount"), lambda row: written(row.amount), 120, number=True),
        Column(say("residents.column.paid"), lambda row: written(row.paid), 120, number=True),
        Column(say("residents.column.open"), lambda row: written(owed(row)), 120, number=True),
        Column(say("residents.column.state"), lambda row: say(f"fees.state.{row.state}"), 140),
        Column(say("residents.column.until"), lambda row: wording.day(row.until), 120),
    )


def owed(row: ChargeRow) -> Decimal:
    """Yuan of a charge still to come from the household; nothing of what is void or the developer's."""
    theirs = row.state in (ChargeState.DUE, ChargeState.DEFERRED, ChargeState.DISPUTED)
    return max(row.amount - row.paid, Decimal(0)) if theirs else Decimal(0)


def receipt_columns(now: Now) -> tuple[Column[ReceiptRow], ...]:
    """Number, amount, method, payer, when; a voided one says so."""

    def colour(row: ReceiptRow) -> str:
        return "muted" if row.voided else ""

    def number(row: ReceiptRow) -> str:
        return say("residents.document.voided", number=row.number) if row.voided else row.number

    return (
        Column(say("residents.column.receipt"), number, 220, colour=colour),
        Column(
            say("residents.column.amount"),
            lambda row: written(row.amount),
            120,
            number=True,
            colour=colour,
        ),
        Column(say("residents.column.method"), lambda row: say(f"fees.method.{row.method}"), 110),
        Column(say("residents.column.payer"), lambda row: row.payer),
        Column(
            say("residents.column.when"),
            lambda row: wording.moment(row.taken_at, now()),
            150,
            tip=lambda row: exact(row.taken_at),
        ),
    )


def document_columns(now: Now) -> tuple[Column[DocumentRef], ...]:
    """Form, number, when, by whom, how often printed."""

    def colour(row: DocumentRef) -> str:
        return "muted" if row.voided else ""

    def number(row: DocumentRef) -> str:
        return say("residents.document.voided", number=row.number) if row.voided else row.number

    return (
        Column(say("residents.column.form"), lambda row: form_name(row.form), colour=colour),
        Column(say("residents.column.number"), number, 210, colour=colour),
        Column(
            say("residents.column.when"),
            lambda row: wording.moment(row.issued_at, now()),
            150,
            tip=lambda row: exact(row.issued_at),
        ),
        Column(say("residents.column.by"), lambda row: row.issuer, 90),
        Column(say("residents.column.prints"), lambda row: str(row.prints), 80, number=True),
    )


def signature_columns(now: Now) -> tuple[Column[SignatureRow], ...]:
    """What was signed, by whom, how, when."""
    return (
        Column(say("residents.column.record"), lambda row: wording.record(row.record), 240),
        Column(say("residents.column.name"), lambda row: row.name),
        Column(say("residents.column.role"), lambda row: wording.signer(row.role), 120),
        Column(say("residents.column.method"), lambda row: say(f"residents.signed.{row.method}"), 160),
        Column(
            say("residents.column.when"),
            lambda row: wording.moment(row.signed_at, now()),
            150,
            tip=lambda row: exact(row.signed_at),
        ),
    )


def room_columns() -> tuple[Column[RoomRow], ...]:
    """House, layout, area, owners, phone, who else, where it stands in the move-in."""

    def phones(row: RoomRow) -> str:
        return "  ".join(person.phone_masked for person in row.people if person.phone_masked)

    def apart(row: RoomRow) -> str:
        houses = dict.fromkeys(label for person in row.people for label in person.others)
        return say("residents.people.others", houses=listed(houses)) if houses else ""

    return (
        Column(say("residents.column.house"), lambda row: row.label, 150),
        Column(say("residents.column.owners"), lambda row: row.names, 200),
        Column(say("residents.column.phones"), phones, 130),
        Column(say("residents.column.layout"), lambda row: row.layout, 130),
        Column(say("residents.column.area"), lambda row: wording.area(row.area), 100, number=True),
        Column(say("residents.column.movein"), wording.standing, 220),
        Column(say("residents.column.apart"), apart),
    )
