"""Amounts, days, choices and ticks, as typed and clicked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.gui.widgets.choices import CheckList, ChoiceList
from deskapp.gui.widgets.dates import DateEdit
from deskapp.gui.widgets.day_reading import read_day
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.money import MoneyEdit, NotMoney, read_money, written

TODAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.5", "1234.50"),
        ("１２３４．５", "1234.50"),
        ("12。50", "12.50"),
        ("¥1,234,567.89元", "1234567.89"),
        ("￥ 0.01", "0.01"),
        ("107000.53", "107000.53"),
        ("00012", "12.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("7.500", "7.50"),
        ("999999999.99", "999999999.99"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: str) -> None:
    assert read_money(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("abc", "not_a_number"),
        ("-5", "not_a_number"),
        ("1e3", "not_a_number"),
        ("=1+1", "not_a_number"),
        ("1,23", "not_a_number"),
        ("12,34.5", "not_a_number"),
        (".", "not_a_number"),
        ("٣", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("12.345", "below_fen"),
        ("1000000000", "too_long"),
    ],
)
def test_what_is_no_amount_is_said(typed: str, reason: str) -> None:
    with pytest.raises(NotMoney, match=f"widgets.money.{reason}"):
        read_money(typed)


@given(st.decimals(min_value=0, max_value=999_999_999, places=2))
def test_an_amount_shown_is_read_back_exactly(amount: Decimal) -> None:
    assert read_money(written(amount)) == amount
    assert read_money(str(amount)) == amount


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_amounts(text: str) -> None:
    try:
        found = read_money(text)
    except NotMoney:
        return
    assert found is None or found == found.quantize(Decimal("0.01"))


def test_an_amount_is_tidied_when_the_focus_goes(qtbot: QtBot) -> None:
    edit = MoneyEdit("fees.amount", "金额")
    qtbot.addWidget(edit)
    edit.show()
    qtbot.keyClicks(edit, "1234.5")
    assert edit.text() == "1234.5"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "1,234.50"
    assert edit.value() == Decimal("1234.50")
    edit.set_value(None)
    assert edit.is_blank()
    assert edit.value() is None


def test_a_wrong_amount_stays_and_is_said(qtbot: QtBot) -> None:
    edit = MoneyEdit("fees.amount")
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit, "12.345")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "12.345"
    assert edit.value() is None
    assert edit.problem() == "金额最小到分，请改为两位小数。"
    edit.restore(edit.draft())
    assert edit.text() == "12.345"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12-8", date(2026, 12, 8)),
        ("12/25", date(2026, 12, 25)),
        ("1.5", date(2027, 1, 5)),
        ("2026/12/8", date(2026, 12, 8)),
        ("２０２６－１２－８", date(2026, 12, 8)),
        ("26.12.8", date(2026, 12, 8)),
        ("20261208", date(2026, 12, 8)),
        ("12月8日", date(2026, 12, 8)),
        ("2026年12月8日", date(2026, 12, 8)),
        ("12 月 8 号", date(2026, 12, 8)),
        ("8日", date(2027, 1, 8)),
        ("31日", date(2026, 12, 31)),
        ("今天", TODAY),
        ("明天", date(2026, 12, 10)),
        ("Tomorrow", date(2026, 12, 10)),
        ("大后天", date(2026, 12, 12)),
        ("+7", date(2026, 12, 16)),
        ("2-29", date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["13-45", "2026-2-29", "0-1", "abc", "32日", "12", "2026-13-1", "12-8-", "5/2026"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_day(typed, TODAY)


def test_a_day_without_a_year_lies_where_it_can_be_taken() -> None:
    assert read_day("12-8", TODAY, earliest=TODAY) == date(2027, 12, 8)
    assert read_day("12-25", TODAY, latest=TODAY) == date(2025, 12, 25)
    assert read_day("12-8", TODAY, earliest=TODAY, latest=date(2026, 12, 31)) == date(2026, 12, 8)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 30)), st.integers(-180, 180))
def test_a_day_near_today_is_found_without_its_year(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    if (day.month, day.day) != (2, 29):
        assert read_day(f"{day.month}-{day.day}", today) == day
    assert read_day(day.isoformat(), today) == day


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_days(text: str) -> None:
    try:
        found = read_day(text, TODAY)
    except ValueError:
        return
    assert found is None or isinstance(found, date)


@pytest.fixture
def day(qtbot: QtBot) -> DateEdit:
    made = DateEdit("movein.form.new_day", "改到哪一天", today=lambda: TODAY, earliest=TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_typed_day_is_written_out(day: DateEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(day.edit, "12-10")
    qtbot.keyClick(day.edit, Qt.Key.Key_Return)
    assert day.edit.text() == "2026-12-10"
    assert day.value() == date(2026, 12, 10)


def test_a_button_gives_the_usual_day(day: DateEdit, qtbot: QtBot) -> None:
    button = day.findChild(QPushButton, "movein.form.new_day.tomorrow")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert day.value() == date(2026, 12, 10)


def test_a_day_out_of_range_is_said(day: DateEdit) -> None:
    day.edit.setText("2026-12-1")
    assert day.value() is None
    assert day.problem() == "最早可填 2026-12-09。"
    day.set_range(None, date(2026, 11, 30))
    assert day.problem() == "最晚可填 2026-11-30。"
    day.edit.setText("13-45")
    assert day.problem() == "没认出是哪一天，请写成 12-8 或 2026-12-8。"


def test_a_day_is_chosen_from_the_calendar(day: DateEdit, qtbot: QtBot) -> None:
    day.set_value(TODAY)
    day.open_calendar()
    calendar = day.findChild(QCalendarWidget, "movein.form.new_day.calendar.month")
    assert calendar is not None
    assert calendar.isVisible()
    assert calendar.selectedDate() == QDate(2026, 12, 9)
    assert calendar.minimumDate() == QDate(2026, 12, 9)
    view = calendar.findChild(QPushButton) or calendar.focusProxy()
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not calendar.isVisible()
    assert day.value() == date(2026, 12, 10)


def test_a_draft_of_a_day_keeps_what_was_typed(day: DateEdit) -> None:
    day.edit.setText("12-")
    kept = day.draft()
    day.set_value(None)
    day.restore(kept)
    assert day.edit.text() == "12-"
    assert day.value() is None


KINDS = [("complaint", "投诉"), ("repair", "报修"), ("help", "求助 & 咨询")]


@pytest.fixture
def choice(qtbot: QtBot) -> ChoiceList:
    made = ChoiceList("complaints.kind", KINDS, spoken="类别")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_click_chooses_one(choice: ChoiceList, qtbot: QtBot) -> None:
    assert choice.is_blank()
    with qtbot.waitSignal(choice.changed):
        qtbot.mouseClick(choice.button("repair"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(choice.button("help"), Qt.MouseButton.LeftButton)
    assert choice.value() == "help"
    assert not choice.button("repair").isChecked()
    assert choice.button("help").objectName() == "complaints.kind.help"
    assert choice.button("help").accessibleName() == "求助 & 咨询"


def test_arrows_go_round_and_pass_over_what_is_off(choice: ChoiceList, qtbot: QtBot) -> None:
    choice.button("repair").setEnabled(False)
    choice.setFocus()
    qtbot.keyClick(choice.button("complaint"), Qt.Key.Key_Right)
    assert choice.value() == "help"
    qtbot.keyClick(choice.button("help"), Qt.Key.Key_Right)
    assert choice.value() == "complaint"
    qtbot.keyClick(choice.button("complaint"), Qt.Key.Key_Left)
    assert choice.value() == "help"
    assert choice.button("help").hasFocus()


def test_a_choice_comes_back_where_it_is_still_offered(choice: ChoiceList) -> None:
    choice.restore("repair")
    choice.restore("gone")
    assert choice.value() == "repair"
    choice.set_options([("repair", "报修"), ("praise", "表扬")])
    assert choice.value() == "repair"
    choice.set_options(KINDS[:1])
    assert choice.value() is None
    with pytest.raises(KeyError):
        choice.set_value("gone")


@pytest.fixture
def ticks(qtbot: QtBot) -> CheckList:
    options = [("id", "身份证"), ("contract", "购房合同"), ("proof", "缴款凭证")]
    made = CheckList("movein.form.missing", options, columns=2)
    qtbot.addWidget(made)
    made.show()
    return made


def test_ticks_one_by_one_and_all(ticks: CheckList, qtbot: QtBot) -> None:
    qtbot.keyClick(ticks.box("contract"), Qt.Key.Key_Space)
    assert ticks.value() == ("contract",)
    every = ticks.findChild(QPushButton, "movein.form.missing.all")
    assert every is not None
    assert every.text() == "全部勾选"
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    assert ticks.value() == ("id", "contract", "proof")
    assert every.text() == "全部取消"
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    assert ticks.is_blank()


def test_two_ticks_need_no_tick_for_all(ticks: CheckList) -> None:
    ticks.set_value(["id"])
    ticks.set_options([("id", "身份证"), ("new", "授权书")])
    assert ticks.value() == ("id",)
    assert not ticks.findChild(QPushButton, "movein.form.missing.all").isVisible()
    ticks.restore(["new", "gone"])
    assert ticks.draft() == ["new"]


def test_they_stand_in_a_form_like_any_field(qtbot: QtBot) -> None:
    form = FieldForm("fees.pay")
    qtbot.addWidget(form)
    form.add("amount", "金额", MoneyEdit(), required=True)
    form.add("day", "日期", DateEdit(today=lambda: TODAY))
    form.add("how", "方式", ChoiceList(options=[("cash", "现金"), ("card", "刷卡")]), required=True)
    form.add("papers", "资料", CheckList(options=[("a", "甲"), ("b", "乙")]))
    form.show()
    assert not form.check()
    assert form.field("how").fault() == "还没填“方式”。"
    form.restore({"amount": "12.345", "day": "12-10", "how": "cash", "papers": ["b"]})
    assert not form.check()
    assert form.field("amount").fault() == "金额最小到分，请改为两位小数。"
    form.restore({"amount": "12.3"})
    assert form.check()
    assert form.answers() == {
        "amount": Decimal("12.30"), "day": date(2026, 12, 10), "how": "cash", "papers": ("b",),
    }  # fmt: skip
    assert form.values() == {"amount": "12.3", "day": "12-10", "how": "cash", "papers": ["b"]}
    assert form.findChild(QPushButton, "fees.pay.how.card") is not None
    assert form.findChild(QPushButton, "fees.pay.day.today") is not None
