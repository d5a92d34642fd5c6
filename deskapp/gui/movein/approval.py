"""A supervisor's word, given at the clerk's desk; at the keys with the law it rests on (M6, M7, S1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.gui.movein.asks import Supervisor
from deskapp.gui.movein.fields import Field
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.widgets.naming import named, text_label

if TYPE_CHECKING:
    from deskapp.services.movein import views
else:
    (views,) = later("deskapp.services.movein", "views")


class ApprovalField(Field):
    """A supervisor's word: staff number, secret, reason; the secret is never kept (S1)."""

    code = "approval"

    def __init__(self, why: Sequence[str], supervisors: Sequence[Supervisor]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for line in why:
            column.addWidget(text_label(line, wrap=True))
        row = QHBoxLayout()
        column.addLayout(row)
        self.number = QComboBox()
        self.number.setEditable(True)
        self.number.addItem("", "")
        for each in supervisors:
            self.number.addItem(f"{each.number} {each.name}", each.number)
        self.secret, self.reason = QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason.setMaxLength(200)
        parts: tuple[tuple[QWidget, str, int], ...] = (
            (self.number, "number", 2),
            (self.secret, "secret", 2),
            (self.reason, "reason", 4),
        )
        for widget, part, stretch in parts:
            text = say(f"movein.panel.approval.{part}")
            named(widget, f"movein.form.approval.{part}", text)
            row.addWidget(labelled(text, widget), stretch)
        self.setFocusProxy(self.number)
        self.number.editTextChanged.connect(self.typed)
        self.reason.textChanged.connect(self.typed)

    def approval(self) -> views.Approval | None:
        """The word as given; None while no number is entered."""
        typed = self.number.currentText().strip().split(" ")[0]
        return views.Approval(typed, self.secret.text(), self.reason.text().strip()) if typed else None

    def forget_secret(self) -> None:
        """Takes the secret off the screen."""
        self.secret.clear()

    def answers(self) -> dict[str, Any]:
        return {"approval": self.approval()}

    def values(self) -> Any:
        return {"number": self.number.currentText(), "reason": self.reason.text()}

    def restore(self, values: Any) -> None:
        self.number.setEditText(str(values.get("number", "")))
        self.reason.setText(str(values.get("reason", "")))


class KeysReasonField(Field):
    """Why keys are not handed over; for an unpaid fee the law is shown and a supervisor asked (M6 ⑥)."""

    code = "keys_reason"
    CODES = ("owner_wish", "not_ready", "fee_unpaid", "other")

    def __init__(self, supervisors: Sequence[Supervisor]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        column.addLayout(row)
        self.choice, self.words = QComboBox(), QLineEdit()
        named(self.choice, "movein.form.reason_code", say("movein.panel.reason"))
        named(self.words, "movein.form.reason", say("movein.panel.reason_words"))
        for code in self.CODES:
            self.choice.addItem(say(f"movein.panel.keys_reason.{code}"), code)
        row.addWidget(labelled(say("movein.panel.reason"), self.choice))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # it is read, not picked
        self.setFocusProxy(self.choice)
        row.addWidget(labelled(say("movein.panel.reason_words"), self.words), 1)
        self.word = ApprovalField([say("movein.law.keys_not_for_fee")], supervisors)
        column.addWidget(self.word)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.words.textChanged.connect(self.typed)
        self.word.typed.connect(self.typed)
        self._chosen()

    def _chosen(self) -> None:
        self.word.setVisible(self.choice.currentData() == "fee_unpaid")
        self.typed.emit()

    def answers(self) -> dict[str, Any]:
        chosen = str(self.choice.currentData())
        words = self.words.text().strip()
        if chosen != "other" and not words:
            words = self.choice.currentText()
        for_fee = chosen == "fee_unpaid"
        answer: dict[str, Any] = {"reason": words, "reason_code": chosen if words else ""}
        return {**answer, **(self.word.answers() if for_fee else {})}

    def values(self) -> Any:
        return {
            "choice": self.choice.currentData(),
            "words": self.words.text(),
            "word": self.word.values(),
        }

    def restore(self, values: Any) -> None:
        self.choice.setCurrentIndex(max(0, self.choice.findData(values.get("choice"))))
        self.words.setText(str(values.get("words", "")))
        self.word.restore(values.get("word", {}))
