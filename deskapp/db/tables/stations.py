"""What the stations record: inspection, meters, papers, charges, keys, errands, signatures (M6-M10, F)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Base, Blank, Code, Nobody, Row, Short, Yuan


def _house() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"])


class Inspection(Row):
    """The inspection sheet of one house (M10); a re-inspection is a new row with the next ``round``.

    Attributes:
        findings: item key -> ``in_order`` or ``defect``; an item without a finding is absent.
    """

    __tablename__ = "inspection"
    __table_args__ = (_house(), UniqueConstraint("estate_id", "house_id", "round"))
    house_id: Mapped[int]
    pass_id: Mapped[int | None]
    round: Mapped[int]
    escort_id: Mapped[Nobody]
    findings: Mapped[dict[str, Any]]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Defect(Row):
    """One defect of one house, from the inspection to the owner's signature (M10, I1).

    Attributes:
        item: key of the sheet's item it was found at, "" where none.
        state: code of `domain.defects.DefectState`.
        party: who must repair, code of `domain.inspection.ResponsibleParty`.
        order_number: the rectification order it stands on, "" while on none.
        fails: times the repair was not accepted.
    """

    __tablename__ = "defect"
    __table_args__ = (
        _house(),
        Index(None, "estate_id", "house_id"),
        Index(None, "estate_id", "state", "due"),
    )
    house_id: Mapped[int]
    inspection_id: Mapped[int]
    item: Mapped[Short]
    room: Mapped[Short]
    trade: Mapped[Code]
    description: Mapped[str]
    severity: Mapped[Code]
    party: Mapped[Code]
    state: Mapped[Code]
    due: Mapped[date]
    order_number: Mapped[Blank]
    fails: Mapped[int] = mapped_column(default=0)
    found_at: Mapped[datetime]
    found_by: Mapped[int]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MeterReading(Row):
    """One reading of one meter, digits as read, with its photo (M6 ③)."""

    __tablename__ = "meter_reading"
    __table_args__ = (_house(), Index(None, "estate_id", "house_id", "meter"))
    house_id: Mapped[int]
    pass_id: Mapped[int | None]
    meter: Mapped[Code]
    reading: Mapped[Short]
    photo: Mapped[Short]
    read_at: Mapped[datetime]
    read_by: Mapped[int]


class PaperLine(Row):
    """One paper of a household's pack and what became of it at station ④ (M2, M6).

    Attributes:
        state: code of `domain.papers.PaperState`.
        promised: the day a short one is promised for.
    """

    __tablename__ = "paper_line"
    __table_args__ = (_house(), UniqueConstraint("estate_id", "house_id", "code"))
    house_id: Mapped[int]
    code: Mapped[Code]
    rank: Mapped[int]
    copies: Mapped[int]
    state: Mapped[Code]
    promised: Mapped[date | None]
    settled_at: Mapped[datetime | None]


class Charge(Row):
    """One fee of one house (F1).

    Attributes:
        basis, quantity, unit_price: why the amount is what it is, as printed; texts, exact.
        paid: yuan received on it so far.
        state: code of `domain.fees.ChargeState`.
        until: the day a deferred rest is due.
    """

    __tablename__ = "charge"
    __table_args__ = (_house(), Index(None, "estate_id", "house_id"), Index(None, "estate_id", "state"))
    house_id: Mapped[int]
    item: Mapped[Code]
    title: Mapped[Short]
    basis: Mapped[Code]
    quantity: Mapped[Short]
    unit_price: Mapped[Short]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    amount: Mapped[Yuan]
    paid: Mapped[Yuan]
    state: Mapped[Code]
    prepaid: Mapped[bool]
    until: Mapped[date | None]
    reason: Mapped[Blank]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Receipt(Row):
    """One payment taken and its numbered receipt (F2).

    Attributes:
        number: of the issued document ``fee-receipt``.
        method: code of `domain.fees.PaymentMethod`.
        reference: what the cashier noted of the payment; never card data (Z9).
        voided_at: when it was voided, None while it stands.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        _house(),
        UniqueConstraint("estate_id", "number"),
        Index(None, "estate_id", "day"),
        Index(None, "estate_id", "house_id"),
    )
    house_id: Mapped[int]
    number: Mapped[Short]
    day: Mapped[date]
    payer: Mapped[Short]
    amount: Mapped[Yuan]
    method: Mapped[Code]
    reference: Mapped[Blank]
    cashier_id: Mapped[int]
    taken_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[Nobody]
    void_reason: Mapped[Blank]


class ReceiptLine(Base):
    """How much of a receipt paid which charge."""

    __tablename__ = "receipt_line"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "receipt_id"], ["receipt.estate_id", "receipt.id"]),
        ForeignKeyConstraint(["estate_id", "charge_id"], ["charge.estate_id", "charge.id"]),
    )
    receipt_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    charge_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[Yuan]


class KeyLine(Row):
    """The keys of one kind of one house and where they are (M6 ⑥).

    Attributes:
        handed, kept, lent: pieces with the owner, kept by the property for repair, lent out.
        keeper, why, until: the custody record of those kept.
    """

    __tablename__ = "key_line"
    __table_args__ = (_house(), UniqueConstraint("estate_id", "house_id", "kind"))
    house_id: Mapped[int]
    kind: Mapped[Code]
    rank: Mapped[int]
    total: Mapped[int]
    handed: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    lent: Mapped[int] = mapped_column(default=0)
    keeper: Mapped[Blank]
    why: Mapped[Blank]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Errand(Row):
    """An errand taken over for the household 委托代办 (M8).

    Attributes:
        items: papers in and out, one by one: ``{"paper", "copies", "in_at", "out_at"}``.
        state: code of `domain.errands.ErrandState`.
    """

    __tablename__ = "errand"
    __table_args__ = (_house(), Index(None, "estate_id", "house_id"), Index(None, "estate_id", "state"))
    house_id: Mapped[int]
    number: Mapped[Short]
    matter: Mapped[str]
    items: Mapped[list[Any]]
    fee: Mapped[Yuan]
    promised: Mapped[date]
    state: Mapped[Code]
    taken_at: Mapped[datetime]
    taken_by: Mapped[int]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Signature(Row):
    """One signature under one record, on the screen or on paper and scanned back (M8, L17).

    Attributes:
        record: what was signed: station code, or form code of a document.
        role: owner, agent, escort, property, cashier …
        method: ``screen``, ``paper`` (signed, not yet scanned) or ``scan``.
        picture: SHA-256 of the attachment, "" for paper not yet scanned.
    """

    __tablename__ = "signature"
    __table_args__ = (_house(), Index(None, "estate_id", "house_id", "record"))
    house_id: Mapped[int]
    pass_id: Mapped[int | None]
    record: Mapped[Code]
    role: Mapped[Code]
    name: Mapped[Short]
    method: Mapped[Code]
    picture: Mapped[Short]
    signed_at: Mapped[datetime]
    taken_by: Mapped[int]
    revoked_at: Mapped[datetime | None]
