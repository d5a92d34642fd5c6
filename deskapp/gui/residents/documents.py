"""The papers issued to a household: looked at, printed again, voided (design rule 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.domain.staff import Action
from deskapp.gui.models.rows import RowsModel
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.inlineform import FormRoom, InlineForm
from deskapp.gui.residents.records import document_columns
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.paperdesk import missing_in, title_of
from deskapp.gui.widgets.pdf import PdfPreview
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.documents import PrintJob, form_name
from deskapp.services.movein.views import Approval, DocumentRef
from deskapp.services.residents.views import HouseholdView
from deskapp.services.staff import Account


class VoidForm(InlineForm):
    """A supervisor's word and the reason, which is printed on the voided paper."""

    FAULTS = {"staff.": "secret", "records.reason": "reason"}  # noqa: RUF012 - read only

    def __init__(self, document: DocumentRef) -> None:
        title = say("residents.void.title", form=form_name(document.form), number=document.number)
        super().__init__("residents.void", title, columns=2)
        self.document = document
        self.number, secret, reason = QComboBox(), QLineEdit(), QLineEdit()
        self.number.setEditable(True)
        self.number.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        reason.setMaxLength(200)
        self.form.add("number", say("residents.void.number"), self.number, required=True)
        self.form.add("secret", say("residents.void.secret"), secret, required=True)
        self.form.add("reason", say("residents.void.reason"), reason, required=True, span=2)
        self.save.setText(say("residents.void.save"))
        self.save.setAccessibleName(self.save.text())

    def offer(self, supervisors: Sequence[Account]) -> None:
        """Names those who may be called over; what was typed meanwhile stays."""
        typed = self.number.currentText()
        self.number.clear()
        self.number.addItems([f"{each.number} {each.name}" for each in supervisors])
        self.number.setEditText(typed)

    def approval(self) -> Approval:
        """The word as given."""
        number = self.form.value("number").split(" ")[0]
        return Approval(number, self.form.field("secret").input.text(), self.form.value("reason"))  # type: ignore[attr-defined]

    def refuse(self, error: DeskError) -> None:
        """The secret leaves the screen with a refusal."""
        self.form.field("secret").input.clear()  # type: ignore[attr-defined]
        super().refuse(error)


class DocumentsTab(QWidget):
    """The list, and beside it the paper marked in it."""

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.documents")
        self._controller = controller
        self._house, self._previewed = 0, ""
        self._form: VoidForm | None = None
        self._room = FormRoom("residents.documents.form")
        self._typed: dict[str, dict[str, Any]] = {}  # of forms left before they were sent, by number
        self.model: RowsModel[DocumentRef] = RowsModel(document_columns(controller.now))
        self.table = RowTable("residents.documents.rows", say("residents.tab.documents"), self.model)
        self.table.marked.connect(self._marked)
        self.preview = PdfPreview("residents.documents.preview")
        self.print = push_button("residents.documents.print", "", icon="fa6s.print")
        self.print.clicked.connect(self._print)
        self.void = push_button("residents.documents.void", say("residents.document.void"), role="danger")
        self.void.clicked.connect(self._ask_void)
        self.problem = named(text_label(wrap=True, role="danger"), "residents.documents.problem")
        empty = text_label(say("residents.documents.empty"), wrap=True, role="muted")
        self._empty = named(empty, "residents.documents.empty")
        self._lay_out()

    def _lay_out(self) -> None:
        unit = tokens().unit
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, unit, 0)
        self._left.addWidget(self._empty)
        self._left.addWidget(self.table, 1)
        self._left.addWidget(self._room)
        self._left.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print)
        buttons.addWidget(self.void)
        buttons.addStretch(1)
        self._left.addLayout(buttons)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.preview)
        for part in (0, 1):
            self._split.setStretchFactor(part, 1)
        self._split.setSizes([700, 640])
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.addWidget(self._split)

    @property
    def count(self) -> int:
        """Papers issued."""
        return self.model.rowCount()

    def show_view(self, view: HouseholdView) -> None:
        """Shows the papers; the one marked stays marked."""
        marked = self.table.current()
        if view.house_id != self._house:
            self._house, marked = view.house_id, None
            self._close_form()
        if view.documents != self.model.rows():
            self.model.show_rows(view.documents)
            again = next((row for row in view.documents if marked and row.number == marked.number), None)
            if again or view.documents:
                self.table.mark(again or view.documents[0])
        self._empty.setVisible(not view.documents)
        self.preview.setVisible(bool(view.documents))
        self._show_buttons(self.table.current())

    def mark(self, number: str) -> bool:
        """Marks a paper; False where it is not one of this household's."""
        row = next((each for each in self.model.rows() if each.number == number), None)
        return row is not None and self.table.mark(row)

    def showEvent(self, event: QShowEvent) -> None:
        """The paper is rendered only once somebody looks."""
        super().showEvent(event)
        self._look(self.table.current())

    def _marked(self, row: DocumentRef | None) -> None:
        self._show_buttons(row)
        if self._form is not None and (row is None or row.number != self._form.document.number):
            self._close_form()
        if self.isVisible():
            self._look(row)

    def _show_buttons(self, row: DocumentRef | None) -> None:
        may = self._controller.may
        reprint = row is not None and row.prints > 0
        self.print.setText(say("residents.document.reprint" if reprint else "residents.document.print"))
        self.print.setAccessibleName(self.print.text())
        right = Action.DOCUMENTS_REPRINT if reprint else Action.DOCUMENTS_ISSUE
        self.print.setVisible(row is not None and may(right))
        self.void.setVisible(row is not None and not row.voided and may(Action.DOCUMENTS_ISSUE))

    # -- looking and printing

    def _look(self, row: DocumentRef | None) -> None:
        seen = f"{row.number} {row.prints} {row.voided}" if row else ""
        if row is None or seen == self._previewed:
            return
        self._previewed = seen

        def show(job: PrintJob) -> None:
            self._say_problem("")
            self._say_missing(job)
            self.preview.show_pdf(job.pdf, title_of(job))

        def failed(error: DeskError) -> None:
            self._previewed = ""
            self._say_problem(error.sentence())

        self._controller.preview(row.number, show, failed)

    def _print(self) -> None:
        row: DocumentRef | None = self.table.current()
        if row is not None:
            self._controller.print_document(row.number, self._to_printer, self.print)

    def _to_printer(self, job: PrintJob) -> None:
        self._say_missing(job)
        self.preview.print_pdf(job.pdf, title_of(job))

    def _say_missing(self, job: PrintJob) -> None:
        if job.missing:
            self._say_problem(missing_in(job))

    def _say_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    # -- voiding

    def _ask_void(self) -> None:
        row: DocumentRef | None = self.table.current()
        if row is None:
            return
        self._close_form()
        form = self._form = VoidForm(row)
        form.left.connect(self._close_form)
        form.save_wanted.connect(lambda: self._void(form))
        self._room.hold(form)
        self.void.setEnabled(False)
        form.restore(self._typed.pop(row.number, {}))
        form.number.setFocus()
        self._controller.supervisors(form.offer)

    def _void(self, form: VoidForm) -> None:
        document, approval = form.document, form.approval()

        def voided(_value: Any) -> None:
            if self._form is form:
                self._close_form()
            self._typed.pop(document.number, None)
            self._controller.reload()

        def refused(error: DeskError) -> None:
            form.refuse(error) if self._form is form else self._controller.tell(error)

        self._controller.void(document.form, document.number, approval, voided, refused, form.save)

    def _close_form(self) -> None:
        form, self._form = self._form, None
        self.void.setEnabled(True)
        if form is not None:
            self._typed[form.document.number] = form.values()
            self._room.release()
