"""Amounts to the fen and in capitals (F1, F2, forms.md, 支付结算办法 annex 1)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.money import LARGEST, capitals, yuan

BY_HAND = {
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "100.00": "人民币壹佰元整",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角",
    "0.55": "人民币伍角伍分",
    "0": "人民币零元整",
    "-0.00": "人民币零元整",
    "1680.32": "人民币壹仟陆佰捌拾元叁角贰分",
    "107000.53": "人民币壹拾万零柒仟元伍角叁分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "10": "人民币壹拾元整",
    "10.50": "人民币壹拾元伍角",
    "10.05": "人民币壹拾元零伍分",
    "15": "人民币壹拾伍元整",
    "110": "人民币壹佰壹拾元整",
    "1001": "人民币壹仟零壹元整",
    "1010": "人民币壹仟零壹拾元整",
    "10000": "人民币壹万元整",
    "10001": "人民币壹万零壹元整",
    "10100": "人民币壹万零壹佰元整",
    "100000": "人民币壹拾万元整",
    "100010": "人民币壹拾万零壹拾元整",
    "1000000": "人民币壹佰万元整",
    "1002000": "人民币壹佰万零贰仟元整",
    "10000000.01": "人民币壹仟万元零壹分",
    "20304050.60": "人民币贰仟零叁拾万零肆仟零伍拾元陆角",
    "100000000": "人民币壹亿元整",
    "100000001": "人民币壹亿零壹元整",
    "100010000": "人民币壹亿零壹万元整",
    "110000000": "人民币壹亿壹仟万元整",
    "1000000000": "人民币壹拾亿元整",
    "1000100000": "人民币壹拾亿零壹拾万元整",
    "123456789012.34": "人民币壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分",
    "1000000000000": "人民币壹万亿元整",
    "-325.04": "人民币负叁佰贰拾伍元零肆分",
}


@pytest.mark.parametrize(("figures", "text"), BY_HAND.items())
def test_written_by_hand(figures: str, text: str) -> None:
    assert capitals(Decimal(figures)) == text


def read_back(text: str) -> Decimal:
    """The amount that capitals stand for; reads more ways of writing than are written."""
    found = re.fullmatch(
        r"人民币(负?)(?:(.+?)元)?零?(?:([零壹贰叁肆伍陆柒捌玖])角)?零?(?:([零壹贰叁肆伍陆柒捌玖])分)?整?",
        text,
    )
    assert found, text
    sign, whole, jiao, fen = found.groups()
    digit = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    value = group = number = 0
    for char in whole or "":
        if char in digit:
            number = digit[char]
        elif char in "拾佰仟":
            group, number = group + number * {"拾": 10, "佰": 100, "仟": 1000}[char], 0
        elif char == "万":
            value, group, number = value + (group + number) * 10**4, 0, 0
        else:
            value, group, number = (value + group + number) * 10**8, 0, 0
    total = (
        Decimal(value + group + number)
        + Decimal(digit[jiao or "零"]) / 10
        + Decimal(digit[fen or "零"]) / 100
    )
    return -total if sign else total


AMOUNTS = st.integers(-(10**14), 10**14) | st.builds(
    lambda digits: int("".join(digits)), st.lists(st.sampled_from("000123456789"), min_size=1, max_size=14)
)


@given(AMOUNTS)
def test_capitals_read_back_to_the_amount(fen: int) -> None:
    amount = Decimal(fen) / 100
    assert read_back(capitals(amount)) == amount


@given(AMOUNTS)
def test_capitals_keep_the_banking_rules(fen: int) -> None:
    text = capitals(Decimal(fen) / 100)
    assert re.match("人民币负?[零壹贰叁肆伍陆柒捌玖]", text)
    assert "零零" not in text
    assert text.endswith("元整") if fen % 100 == 0 else "整" not in text
    assert not re.search("零[拾佰仟万亿]", text)
    assert not re.search("零元", text) or fen == 0


@pytest.mark.parametrize("bad", ["1.005", "NaN", "Infinity", "1000000000000.01", "-1000000000000.01"])
def test_what_cannot_be_written_is_refused(bad: str) -> None:
    with pytest.raises(ValueError):
        capitals(Decimal(bad))


def test_the_largest_amount_is_written() -> None:
    assert capitals(LARGEST) == "人民币壹万亿元整"


@pytest.mark.parametrize(
    ("given_as", "exact"),
    [
        ("1.005", "1.01"),
        ("1.0049", "1.00"),
        ("-1.005", "-1.01"),
        (3, "3.00"),
        (Decimal("0.285"), "0.29"),
        ("-0.001", "0.00"),
    ],
)
def test_rounds_half_a_fen_up(given_as: Decimal | int | str, exact: str) -> None:
    assert str(yuan(given_as)) == exact


@pytest.mark.parametrize("bad", [1.5, True, None])
def test_inexact_kinds_are_refused(bad: object) -> None:
    with pytest.raises(TypeError):
        yuan(bad)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", ["", "3元", "Infinity", "NaN", "sNaN"])
def test_texts_that_are_no_amount_are_refused(bad: str) -> None:
    with pytest.raises(InvalidOperation):
        yuan(bad)
