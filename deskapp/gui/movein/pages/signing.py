"""Signing a record: drawn on the screen, or on paper and scanned back later (M8, L17)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.outcomes import Need
from deskapp.gui.movein.asks import Ask, Given
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.movein.wording import clock_text
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.gui.widgets.signature import SignaturePad
from deskapp.services.changes import Done

if TYPE_CHECKING:
    from deskapp.services.movein import signatures
    from deskapp.services.movein.record_views import SignatureView
    from deskapp.services.movein.views import PassView
else:
    (signatures,) = later("deskapp.services.movein", "signatures")


class SigningStrip(QWidget):
    """Whether a record is signed, by whom and how; and the ways to sign it.

    Args:
        page: the page it stands on.
        record: code of what is signed, see `services.movein.signatures.SIGNED_RECORDS`.
        need: the need that the signature meets.
    """

    def __init__(self, page: StationPage, record: str, need: Need = Need.SIGNATURE) -> None:
        super().__init__()
        self._page, self.record, self._need = page, record, need
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._state = text_label(wrap=True)
        row.addWidget(self._state, 1)
        self.signer = QComboBox()
        self.signer.setEditable(True)
        named(self.signer, f"movein.sign.{record}.name", say("movein.panel.sign.name"))
        row.addWidget(labelled(say("movein.panel.sign.name"), self.signer), 1)
        self.on_screen = self._button("screen", self._ask_pad)
        self.on_paper = self._button("paper", lambda: self._sign("paper", None))
        self.add_scan = self._button("scan", self._scan)
        self.revoke = self._button("revoke", self._revoke)
        for button in (self.on_screen, self.on_paper, self.add_scan, self.revoke):
            row.addWidget(button)
        self._standing: SignatureView | None = None
        self._roles: dict[str, str] = {}
        self._pass_id = 0

    def _button(self, code: str, slot: object) -> QPushButton:
        button = QPushButton(say(f"movein.panel.sign.{code}"))
        what = say(f"movein.panel.signed_record.{self.record}")
        named(button, f"movein.sign.{self.record}.{code}", told_of(button.text(), what))
        button.setMinimumHeight(40)
        button.clicked.connect(slot)
        return button

    def show_view(self, view: PassView) -> None:
        """Shows how the record of a household stands."""
        if view.pass_id != self._pass_id:
            self._pass_id = view.pass_id
            self._roles = {owner.name: owner.role for owner in view.owners}
            self._roles[view.attendee] = view.attendee_role
            self.signer.clear()
            self.signer.addItems([view.attendee, *(n for n in self._roles if n != view.attendee)])
        signed = self._signed(view)
        if not signed:
            self._show(None, signed=False)
            return
        desk, house = self._page.controller.desk, view.house_id
        self._page.controller.read(
            f"signed.{self.record}", lambda: signatures.signatures_of(desk, house), self._found
        )

    def _signed(self, view: PassView) -> bool:
        """Whether the record is signed as it stands, by what the rules say is missing."""
        with_need = [choice for choice in view.choices if self._need in choice.outcome.needs]
        return bool(with_need) and all(self._need not in choice.missing for choice in with_need)

    def _found(self, found: tuple[SignatureView, ...]) -> None:
        standing = [s for s in found if s.record == self.record and not s.revoked]
        self._show(standing[0] if standing else None, signed=bool(standing))

    def _show(self, standing: SignatureView | None, *, signed: bool) -> None:
        self._standing = standing
        what = say(f"movein.panel.signed_record.{self.record}")
        if standing is None:
            self._state.setText(say("movein.panel.sign.open", record=what))
        else:
            method = say(f"movein.panel.sign.by_{standing.method}")
            at = clock_text(standing.signed_at)
            text = say("movein.panel.sign.done", record=what, name=standing.name, at=at, method=method)
            self._state.setText(text)
        self._state.setProperty("role", "good" if standing else "warning")
        self._state.style().polish(self._state)
        for button in (self.on_screen, self.on_paper):
            button.setVisible(not signed)
        self.revoke.setVisible(standing is not None)
        self.add_scan.setVisible(standing is not None and standing.method == "paper")

    @property
    def role(self) -> str:
        """As what the person signs, by the name chosen."""
        view = self._page.view
        fallback = view.attendee_role if view else "owner"
        return self._roles.get(self.signer.currentText().strip(), fallback)

    def _ask_pad(self) -> None:
        self._page.pad_wanted.emit(self)

    def drawn(self, picture: bytes) -> None:
        """Takes a signature that was drawn."""
        self._sign("screen", picture)

    def _sign(self, method: str, picture: bytes | None) -> None:
        view, controller, record = self._page.view, self._page.controller, self.record
        if view is None:
            return
        role, name, desk = self.role, self.signer.currentText(), controller.desk
        controller.record(
            ("sign", view.pass_id, record, method, name),
            lambda command: signatures.sign(
                desk, command, view.house_id, view.pass_id, record, role, name, method, picture
            ),
        )

    def _scan(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.add_scan.text(), "", say("movein.panel.sign.scan_files")
        )
        if chosen:
            self.scanned(Path(chosen))

    def scanned(self, path: Path) -> None:
        """Takes the scan of the signed paper."""
        standing, controller = self._standing, self._page.controller
        if standing is None:
            return
        desk, signature_id = controller.desk, standing.signature_id

        def call(command: str) -> Done[SignatureView]:
            try:
                body = path.read_bytes()
            except OSError as error:
                raise WorldError("attachment.unreadable", name=path.name) from error
            return signatures.scan_back(desk, command, signature_id, body, path.name)

        controller.record(("scan", signature_id, str(path)), call)

    def _revoke(self) -> None:
        standing, controller = self._standing, self._page.controller
        if standing is None:
            return
        desk, signature_id = controller.desk, standing.signature_id

        def given(answer: Given) -> None:
            reason = answer.answer.reason
            controller.record(
                ("revoke", signature_id, reason),
                lambda command: signatures.revoke(desk, command, signature_id, reason),
            )

        self._page.asks.emit(Ask("record.revoke", self.revoke.text(), (Need.REASON,)), given)


class SigningPad(QWidget):
    """The whole page to write one's name on, with mouse, pen or finger.

    Signals:
        ended: taken or given up; the page comes back.
    """

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._title = text_label(wrap=True)
        self._title.setProperty("role", "title")
        column.addWidget(self._title)
        self.pad = SignaturePad("movein.sign.pad", say("movein.panel.sign.pad"))
        column.addWidget(self.pad, 1)
        row = QHBoxLayout()
        column.addLayout(row)
        self.give_up = QPushButton(say("movein.panel.form_back"))
        self.take = QPushButton(say("movein.panel.sign.take"))
        self.take.setProperty("role", "primary")
        row.addStretch(1)
        for button, code in ((self.give_up, "back"), (self.take, "take")):
            named(button, f"movein.sign.{code}", button.text())
            button.setMinimumHeight(48)
            row.addWidget(button)
        self._strip: SigningStrip | None = None
        self.give_up.clicked.connect(self.ended)
        self.take.clicked.connect(self._take)

    def show_strip(self, strip: SigningStrip) -> None:
        """Waits for a signature under a record."""
        self._strip = strip
        what = say(f"movein.panel.signed_record.{strip.record}")
        self._title.setText(say("movein.panel.sign.please", name=strip.signer.currentText(), record=what))
        self.pad.clear()
        self.pad.setFocus()

    def _take(self) -> None:
        picture = self.pad.value()
        if self._strip is None or picture is None:
            self._title.setText(self.pad.problem() or say("movein.panel.sign.empty"))
            return
        self._strip.drawn(picture)
        self.ended.emit()
