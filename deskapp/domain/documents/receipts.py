"""What changes hands against a signature: papers, money, keys, errands (M6 ④–⑥, M8, F2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from deskapp.domain.documents.parts import (
    Attendee,
    FeeLine,
    House,
    KeyLine,
    Override,
    Paper,
    Reservation,
    Signature,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersReceipt:
    """入住资料签收单 (M6 ④).

    Attributes:
        convention_signed: whether the convention 管理规约 was signed; None when not asked.
        reservations: what was not agreed to, when it was not signed.
    """

    house: House
    receiver: Attendee
    papers: tuple[Paper, ...]
    convention_signed: bool | None = None
    reservations: tuple[Reservation, ...] = ()
    note: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReceipt:
    """收款收据 (F2). It is no invoice, and says so.

    Attributes:
        payer: who paid.
        total: yuan, the sum of the lines.
        method: code: ``cash``, ``card``, ``transfer``, ``wechat``, ``alipay``.
        method_note: last digits or reference of the payment; never a PIN.
        replaces: number of the voided receipt this one stands for.
    """

    house: House
    payer: str
    lines: tuple[FeeLine, ...]
    total: Decimal
    method: str
    payee: str
    method_note: str = ""
    replaces: str = ""
    note: str = ""
    overrides: tuple[Override, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysReceipt:
    """钥匙领用签收单 (M6 ⑥)."""

    house: House
    receiver: Attendee
    keys: tuple[KeyLine, ...]
    note: str = ""
    overrides: tuple[Override, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandPaper:
    """A paper that came in for an errand and goes out again.

    Attributes:
        original: the original and not a copy.
        taken_on, returned_on: days it came in and went out; None while it has not.
    """

    name: str
    copies: int = 1
    original: bool = False
    taken_on: date | None = None
    returned_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """委托代办单 (M8): a matter the property takes over for the household.

    Attributes:
        fee: yuan; None when free of charge.
        promised_on: when it will be done; ``done_on`` when it was.
        papers: what came in; ``results`` what is to go out.
    """

    house: House
    client: Attendee
    matter: str
    scope: str = ""
    papers: tuple[ErrandPaper, ...] = ()
    results: tuple[ErrandPaper, ...] = ()
    fee: Decimal | None = None
    promised_on: date | None = None
    done_on: date | None = None
    note: str = ""
    signatures: tuple[Signature, ...] = ()
