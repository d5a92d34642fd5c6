"""One look, light and dark, from one set of tokens; fonts and icons (wireframes: look)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from string import Template

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from deskapp.base import assets
from deskapp.gui.glyphs import glyph_icon

FAMILY = "Noto Sans SC"
RARE_FAMILY = "HanaMinB"
SMALLEST, USUAL, LARGEST = 9.0, 10.5, 16.0
"""Points of the base text; the clerk adjusts it in the window."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours and measures everything is drawn with; lengths in pixels at 100 %.

    Attributes:
        raised: ground of fields and cards; surface: of bars.
        muted: secondary text, at least 4.5:1 on the ground.
        danger: only what is overdue or dangerous, always beside a word.
        alarm: ground of the status line while something serious is open.
    """

    ground: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    good: str
    focus: str
    selection: str
    alarm: str
    unit: int = 8
    row: int = 32
    button: int = 40
    station_button: int = 48


LIGHT = Tokens(
    ground="#ffffff",
    surface="#f4f6f8",
    raised="#ffffff",
    line="#d5dbe1",
    text="#1b232b",
    muted="#5b6772",
    accent="#0b6b7d",
    on_accent="#ffffff",
    danger="#b3261e",
    warning="#8a5a00",
    good="#1f6b3a",
    focus="#0b6b7d",
    selection="#d5ecf0",
    alarm="#fbe3e0",
)
DARK = Tokens(
    ground="#14191e",
    surface="#1b2229",
    raised="#202830",
    line="#36414b",
    text="#e6ebef",
    muted="#9fadb9",
    accent="#4fb7c9",
    on_accent="#06252b",
    danger="#ff8a80",
    warning="#f0c26b",
    good="#7fd19b",
    focus="#4fb7c9",
    selection="#1b4048",
    alarm="#43211f",
)

_QSS = Template(
    """
* { color: $text; }
QWidget { background: transparent; }
QMainWindow, QDialog, QWidget[role="ground"], QScrollArea, QStackedWidget { background: $ground; }
QWidget[role="bar"], QStatusBar { background: $surface; }
QStatusBar { border-top: 1px solid $line; }
QStatusBar[alarm="true"] { background: $alarm; border-top: 3px solid $danger; }
QStatusBar::item { border: 0; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: 6px; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="section"] { font-weight: 700; padding-top: 4px; }
QLabel[role="spoken"] { font-size: ${spoken}pt; }
QLabel[role="asked"] { font-size: ${asked}pt; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="danger"] { color: $danger; font-weight: 700; }
QLabel[role="warning"] { color: $warning; font-weight: 700; }
QLabel[role="good"] { color: $good; font-weight: 700; }
QLabel[role="number"] { font-size: ${number}pt; font-weight: 700; }
QFrame[role="message"] { background: $selection; border: 0; border-left: 4px solid $accent; }
QFrame[role="message"][kind="error"] { border-left-color: $danger; }
QFrame[role="message"][kind="warning"] { border-left-color: $warning; }
QFrame[role="message"][kind="done"] { border-left-color: $good; }

QPushButton, QToolButton {
  background: $raised; border: 1px solid $line; border-radius: 6px; padding: 0 14px; min-height: 30px;
}
QPushButton:hover, QToolButton:hover { border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled, QToolButton:disabled, QPushButton[blocked="true"] {
  color: $muted; background: $surface; border-color: $line;
}
QPushButton[role="primary"] {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: 700;
}
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled, QPushButton[role="primary"][blocked="true"] {
  color: $muted; background: $surface; border-color: $line;
}
QPushButton[role="danger"] { color: $danger; border-color: $danger; }
QPushButton[role="danger"]:disabled, QPushButton[role="danger"][blocked="true"] {
  color: $muted; border-color: $line;
}
QPushButton[role="quiet"], QToolButton[role="quiet"] {
  background: transparent; border-color: transparent; color: $accent;
}
QPushButton[role="quiet"]:hover { border-color: $line; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $focus; }
QPushButton[role="quiet"]:disabled, QToolButton[role="quiet"]:disabled { color: $muted; }
QLineEdit > QToolButton, QTabBar QToolButton {
  background: transparent; border: 0; padding: 0; min-height: 0;
}
QToolButton::menu-indicator { image: none; }
QPushButton[role="station"] { min-height: 44px; padding: 0 12px; }
QPushButton:checked { background: $selection; border-color: $accent; }

QLineEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox, QAbstractSpinBox { min-height: 26px; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox, QAbstractSpinBox {
  background: $raised; border: 1px solid $line; border-radius: 4px; padding: 2px 8px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $focus;
}
QLineEdit[fault="true"], QPlainTextEdit[fault="true"], QComboBox[fault="true"] { border: 2px solid $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $surface; color: $muted; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator, QRadioButton::indicator {
  width: 16px; height: 16px; border: 1px solid $muted; border-radius: 3px; background: $raised;
}
QCheckBox::indicator:hover, QRadioButton::indicator:hover,
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/tick-$shade.svg");
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $surface; border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $muted; }
QRadioButton::indicator { border-radius: 9px; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $accent; background: $raised; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-$shade.svg"); width: 12px; height: 12px; }
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  width: 24px; border: 0; background: transparent;
}
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up-$shade.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-$shade.svg"); width: 10px; height: 10px; }
QDateEdit::drop-down { width: 24px; border: 0; }
QCalendarWidget { background: $raised; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton { background: transparent; border: 0; padding: 0 6px; }
QCalendarWidget QAbstractItemView { background: $raised; }
QCalendarWidget QAbstractItemView::item { padding: 0; }

QAbstractItemView {
  background: $ground; alternate-background-color: $surface; border: 0; outline: 0;
  selection-background-color: $selection; selection-color: $text; gridline-color: $line;
}
QAbstractItemView::item { padding: 0 8px; border: 0; }
QAbstractItemView::item:selected { background: $selection; color: $text; }
QListView[role="popup"] { background: $raised; border: 1px solid $accent; border-radius: 6px; }
QHeaderView { background: $ground; }
QHeaderView::section {
  background: $ground; color: $muted; border: 0; border-bottom: 1px solid $line; padding: 4px 8px;
}
QTabBar { background: transparent; }
QTabBar::tab {
  background: transparent; padding: 8px 16px; border: 0; border-bottom: 3px solid transparent; color: $muted;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px; }
QMenu::item:selected { background: $selection; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 8px; border-left: 1px solid $line; }
QSplitter::handle:vertical { height: 8px; border-top: 1px solid $line; }
QSplitter::handle:hover { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 5px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QProgressBar { border: 1px solid $line; border-radius: 4px; text-align: center; background: $raised; }
QProgressBar::chunk { background: $accent; }
QGroupBox { border: 0; margin-top: 20px; font-weight: 700; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
"""
)

_now: Tokens = LIGHT


def tokens() -> Tokens:
    """The tokens in force; painted widgets read them when they paint."""
    return _now


def stylesheet(look: Tokens, points: float) -> str:
    """The style sheet of a look at a size of the base text."""
    colours = {name: getattr(look, name) for name in Tokens.__slots__}
    icons = assets.shipped("resources/icons")
    return _QSS.substitute(
        colours,
        title=f"{points + 3.5:g}",
        spoken=f"{points + 5.5:g}",
        asked=f"{points + 2.5:g}",
        number=f"{points + 12:g}",
        icons=icons.as_posix(),
        shade="dark" if look is DARK else "light",
    )


def palette(look: Tokens) -> QPalette:
    """The palette of a look, for what style sheets do not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: look.ground,
        role.Base: look.raised,
        role.AlternateBase: look.surface,
        role.Text: look.text,
        role.WindowText: look.text,
        role.ButtonText: look.text,
        role.Button: look.surface,
        role.ToolTipBase: look.raised,
        role.ToolTipText: look.text,
        role.PlaceholderText: look.muted,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Link: look.accent,
    }.items():
        made.setColor(which, QColor(colour))
    return made


@cache
def load_fonts() -> None:
    """Makes the shipped text fonts known; done once, before the first window."""
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(assets.shipped(f"resources/fonts/{name}")))


def load_rare_font() -> None:
    """Makes the 30 MB font of rare characters known; done when the window already stands.

    Names such as 赵𬱖 or 张𠅤 are drawn with it glyph by glyph from then on, also where they stand already.
    """
    if RARE_FAMILY in QFontDatabase.families():
        return
    QFontDatabase.addApplicationFont(str(assets.shipped("resources/fonts/HanaMinB.ttf")))
    for widget in QApplication.allWidgets():
        QApplication.sendEvent(widget, QEvent(QEvent.Type.FontChange))


def apply(app: QApplication, *, dark: bool = False, points: float = USUAL) -> None:
    """Gives the whole application its look."""
    global _now
    _now = DARK if dark else LIGHT
    load_fonts()
    font = QFont()
    font.setFamilies([FAMILY, RARE_FAMILY])
    font.setPointSizeF(min(max(points, SMALLEST), LARGEST))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)
    app.setPalette(palette(_now))
    app.setStyleSheet(stylesheet(_now, font.pointSizeF()))


@lru_cache(maxsize=256)
def icon(name: str, role: str = "text") -> QIcon:
    """An icon to stand beside a word; it changes its colour with the look.

    Args:
        name: of qtawesome, such as ``fa6s.key``.
        role: name of a colour token.

    Raises:
        UnknownIcon: there is none of this name.
    """
    return glyph_icon(name, lambda: getattr(_now, role), lambda: _now.muted)
