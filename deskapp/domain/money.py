"""Money in yuan, exact to the fen, and its writing in capitals 大写 (F1, F2).

Capitals follow the basic rules for filling in bills and settlement vouchers (支付结算办法, annex 1).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN = Decimal("0.01")
LARGEST = Decimal(10) ** 12
"""Amounts beyond a million million yuan are taken for slips of the hand."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def yuan(value: Decimal | int | str) -> Decimal:
    """The amount to the fen, half a fen rounded up (away from zero), as a cashier rounds.

    Raises:
        TypeError: a float, which is not exact.
        decimal.InvalidOperation: a text that is no number, or a number that is not finite.
    """
    if not isinstance(value, (Decimal, int, str)) or isinstance(value, bool):
        raise TypeError(f"{type(value).__name__} is no exact amount")
    exact = Decimal(value)
    if not exact.is_finite():
        raise InvalidOperation(f"{value} is no amount")
    rounded = exact.quantize(FEN, ROUND_HALF_UP)
    return rounded if rounded else FEN * 0  # never -0.00


def capitals(amount: Decimal) -> str:
    """The amount in capitals, 人民币 flush before the first numeral.

    A run of zeros between numerals is written 零 once; 零 stands after 元 when there are fen but no jiao.
    Where the rules leave it open: 零 is written where 万 is empty and 仟 is not (¥107,000.53
    人民币壹拾万零柒仟元伍角叁分) and is not written where 元 is empty and 角 is not (¥1,680.32
    人民币壹仟陆佰捌拾元叁角贰分). 整 stands after 元 and after nothing else. An amount below zero
    reads 人民币负….

    Raises:
        ValueError: not exact to the fen, not finite, or beyond `LARGEST`.
    """
    if not amount.is_finite() or abs(amount) > LARGEST or amount != amount.quantize(FEN):
        raise ValueError(f"{amount} cannot be written in capitals")
    fen = int(abs(amount) * 100)
    whole, jiao, fen = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_integer(whole)}元" if whole else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    if fen:
        text += ("零" if whole and not jiao else "") + f"{_DIGITS[fen]}分"
    if not jiao and not fen:
        text = f"{text or '零元'}整"
    return f"人民币{'负' if amount < 0 else ''}{text}"


def _integer(number: int) -> str:
    """A positive whole number in capitals, 万 and 亿 after every fourth place."""
    text = ""
    skipped = False
    digits = str(number)
    for index, digit in enumerate(digits):
        place = len(digits) - 1 - index
        if digit == "0":
            skipped = True
        else:
            text += ("零" if skipped else "") + _DIGITS[int(digit)] + _PLACES[place % 4]
            skipped = False
        group = digits[max(0, index - 3) : index + 1]
        if place == 8 or (place in (4, 12) and group.strip("0")):
            text += "亿" if place == 8 else "万"
    return text
