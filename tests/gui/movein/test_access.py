"""Everything a person can act on has a stable name, a spoken name, and is reached by Tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from deskapp.base import i18n
from deskapp.domain.movein.stations import Station
from deskapp.services import documents
from tests.gui.movein.clerk import Clerk

Seat = Callable[..., Clerk]
ACTED_ON = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def acted_on(panel: QWidget) -> list[QWidget]:
    """What a person can act on now; the parts that Qt makes for itself are left out."""
    found = []
    for kind in ACTED_ON:
        for widget in panel.findChildren(kind):
            parent = widget.parentWidget()
            inner = isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QScrollBar)
            inner = inner or isinstance(widget, QHeaderView)
            own = widget.objectName().startswith("qt_") or inner or parent is None
            if widget.isVisible() and not own and widget.window() is panel.window():
                found.append(widget)
    return found


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_all_is_named_said_and_reached(seat: Seat, language: str) -> None:
    i18n.use_language(language)
    clerk = seat()
    clerk.receive("1#1单元102")
    for station in Station:
        clerk.walk_to(station)
        for widget in acted_on(clerk.panel):
            what = f"{station}: {type(widget).__name__} {widget.objectName()}"
            assert widget.objectName(), what
            assert widget.accessibleName(), what
            reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None
            of_group = isinstance(widget, QAbstractButton) and widget.group() is not None  # by the arrow keys
            assert reached or of_group or not widget.isEnabled(), what
        hint = clerk.panel.minimumSizeHint()
        assert (hint.width() <= 1366, hint.height() <= 640) == (True, True), f"{station}: {hint}"


def test_papers_are_printed_again_and_voided_at_any_desk(seat: Seat, clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.DOCUMENTS)
    number = clerk.view.number
    other = seat()
    other.panel.show_household(clerk.view.house_id)
    other.until(lambda: other.panel.controller.view is not None)
    printed: list[str] = []
    other.panel.papers.preview.print_pdf = lambda data, title: printed.append(title)  # type: ignore[method-assign]
    other.click("movein.way.issued")
    for _ in range(2):
        other.click(f"movein.papers_issued.{number}.print")
    assert len(printed) == 2
    (paper,) = (d for d in clerk.view.documents if d.number == number)
    other.until(lambda: other.view.documents[-1].prints == 2)
    other.click(f"movein.papers_issued.{number}.void")
    other.confirm()
    assert "理由" in other.fault or "主管" in other.fault
    other.approve("打错了房号")
    other.confirm()
    other.until(lambda: other.view.documents[-1].voided)
    assert documents.preview(clerk.desk, paper.number).reprint == 2


class _Flashes(QObject):
    """Notes every window that opens: a part shown before it has its place is one, and takes the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched.objectName() or type(watched).__name__)
        return False


def test_no_part_opens_as_a_window_of_its_own_on_the_way(seat: Seat, qapp: QApplication) -> None:
    flashes = _Flashes()
    qapp.installEventFilter(flashes)
    try:
        clerk = seat()
        clerk.receive()
        clerk.outcome("not_owner")
        clerk.click("movein.form.back")
        clerk.walk_to(Station.KEYS)
        for code in ("errands", "issued", "documents"):
            clerk.click(f"movein.way.{code}")
    finally:
        qapp.removeEventFilter(flashes)
    assert flashes.seen == ["movein"]
