"""Parts that several printed forms share. Every text is printed as it stands and never read as markup.

A field called a *code* is a stable lower_snake word; the form file says in Chinese what it reads on
paper (its ``[words]`` tables). A code that the form has no words for is printed as it stands, so a text
may be given instead. Empty (``""``, ``None``, ``()``, ``0``, ``False``) means: not known, left blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The house as a paper names it.

    Attributes:
        label: the estate's own writing, such as ``3栋2单元1906``.
        layout: such as 三室两厅; or the kind of place (商铺, 车位).
        area: built area, square metres.
        inner_area: area within the flat, square metres.
    """

    label: str
    layout: str = ""
    area: Decimal | None = None
    inner_area: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture held by its hash; the bytes are handed to the renderer apart.

    Attributes:
        sha256: 64 hexadecimal digits.
        caption: what it shows.
    """

    sha256: str
    caption: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed in which space of the form; without a picture the space stays free for a pen.

    Attributes:
        role: code of the space: ``owner``, ``property``, ``escort``, ``cashier``, ``giver``, ``taker`` ...
        picture: sha256 of the signature drawn on the screen, or "".
    """

    role: str
    name: str = ""
    signed_at: datetime | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """The person at the counter.

    Attributes:
        role: code: ``owner``, ``co_owner``, ``agent``, ``family``, ``company`` ...
        document: kind and number of the identity document, masked unless the form needs it whole.
        phone: masked unless the form needs it whole.
    """

    name: str
    role: str = "owner"
    document: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A reading at hand-over (M6 ③: always water, electricity and gas, with photo).

    Attributes:
        kind: code: ``water``, ``hot_water``, ``electricity``, ``gas``, ``heat``.
        serial: number on the meter.
        reading: the digits as the meter shows them, leading zeros too; "" when it could not be read, and
            ``note`` says why.
        unit: such as m³ or kWh.
    """

    kind: str
    reading: str = ""
    unit: str = ""
    serial: str = ""
    photo: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One charge (F1, F2).

    Attributes:
        period: what time it covers, such as 2026-11-01 至 2027-01-31; "" for one-off charges.
        basis: how it is reckoned and why, such as 建筑面积 × 单价 × 3 个月.
        quantity: what the unit price is multiplied by.
        unit: unit of ``quantity`` (m², 月, 张).
        amount: yuan, exact to the fen.
    """

    name: str
    amount: Decimal
    period: str = ""
    basis: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectLine:
    """One defect, wherever it is printed (M10, I1).

    Attributes:
        number: the defect's own number in the register.
        house: label; "" where the form is about one house only.
        place: room or part, such as 主卧.
        trade: code or text: ``waterproofing``, ``plumbing`` ...
        severity: code: ``minor``, ``major``, ``safety``.
        party: who must repair it: code ``developer``, ``contractor``, ``supplier``, ``property``, or a name.
        confirmed_on, done_on, accepted_on, closed_on: the steps of I1, None while open.
        method: how it will be repaired, as both agreed.
        attempts: how often it has been repaired so far.
    """

    number: str
    description: str
    house: str = ""
    place: str = ""
    trade: str = ""
    severity: str = ""
    party: str = ""
    method: str = ""
    found_on: date | None = None
    confirmed_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    accepted_on: date | None = None
    closed_on: date | None = None
    attempts: int = 0
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One kind of paper handed over or to be brought.

    Attributes:
        copies: how many.
        received: ticked as handed over.
        promised_on: when a missing one will be there (M6 ④: item short in the pack).
    """

    name: str
    copies: int = 1
    received: bool = False
    promised_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """Keys of one kind (M6 ⑥, keys-receipt).

    Attributes:
        kind: such as 入户门钥匙, 信报箱钥匙, 门禁卡.
        count: all there are of the kind.
        handed: given to the household now.
        kept: kept by the property for repair work, against custody record.
        lent: lent to a repairer with a date.
        returned: come back to the household later.
        kept_for: why, for which repair; ``kept_until`` by when.
    """

    kind: str
    count: int
    handed: int = 0
    kept: int = 0
    lent: int = 0
    returned: int = 0
    kept_for: str = ""
    kept_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A supervisor's word against a rule (M6, M7); printed on the property's part only.

    Attributes:
        matter: what was overruled, such as 费用未结清先交钥匙.
    """

    matter: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What the owner would not agree to, in the owner's words (M6 ④), such as on the convention 管理规约."""

    matter: str
    text: str
