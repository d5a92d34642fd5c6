"""The foot of the panel: the outcomes of the station as buttons, or the form that one of them asks (M6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.base.errors import Conflict, DeskError, WorldError
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.outcomes import Effect
from deskapp.gui.movein.asks import BY_CODE, Ask, Given, ask_for_choice, why_not_act
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.wording import why_not
from deskapp.gui.widgets.outcomes import Outcome, OutcomeBar

if TYPE_CHECKING:
    from deskapp.gui.movein import answerform
    from deskapp.gui.movein.answerform import AnswerForm, Scene
    from deskapp.services.movein.views import Choice, PassView
else:
    (answerform,) = later("deskapp.gui.movein", "answerform")

Then = Callable[[Given], None]


def _is_natural(choice: Choice) -> bool:
    """Whether Enter may mean it: the station closes, everything is on record and nothing is asked."""
    return choice.outcome.effect is Effect.ADVANCE and not choice.missing and not choice.asks


class Foot(QWidget):
    """Outcomes, or one form.

    Signals:
        typed: something was typed in the form.
        hinted: why an outcome cannot be chosen.
        left: the form was left, or the household put aside with Esc.
    """

    typed = Signal()
    hinted = Signal(str)
    left = Signal()

    def __init__(
        self, controller: MoveinController, panel: QWidget, scene: Callable[[], Scene | None]
    ) -> None:
        super().__init__(panel)
        self._controller, self._scene = controller, scene
        self.bar = OutcomeBar("movein.outcome", panel=panel, parent=self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        self._form: AnswerForm | None = None
        self._asking = False
        self._then: Then | None = None
        self._kept: dict[tuple[int, str], dict[str, Any]] = {}
        self._pass_id = 0
        self._submitted = False
        self.bar.chosen.connect(self._chosen)
        self.bar.explained.connect(self.hinted)
        controller.accepted.connect(self._accepted)
        controller.refused.connect(self._refused)
        controller.says_in_place = self._say_in_place
        self._fit()

    @property
    def form(self) -> AnswerForm:
        """The form; made when something is asked for the first time."""
        if self._form is None:
            self._form = form = answerform.AnswerForm(self)
            form.given.connect(self._given)
            form.left.connect(self.close_form)
            form.typed.connect(self._typed)
            self._column.addWidget(form)
        return self._form

    @property
    def asking(self) -> Ask | None:
        """What is asked now, None while the outcomes are shown."""
        return self._form.ask if self._form is not None and self._asking else None

    def show_view(self, view: PassView | None) -> None:
        """Shows the outcomes that the household's station knows now."""
        pass_id = view.pass_id if view is not None else 0
        if pass_id != self._pass_id:
            self._pass_id = pass_id
            self._show_bar()
        if self.asking is not None and not self._still_asked(self.asking.code, view):
            self._keep_form()  # somebody else was first: the text is there when it can be asked again
            self._show_bar()
        self.bar.set_outcomes(self._outcomes(view))
        self._fit()

    def _still_asked(self, code: str, view: PassView | None) -> bool:
        """Whether what the open form is for can still be done with the household as it stands now."""
        kind, _, name = code.partition(".")
        if view is None:
            return False
        if kind == "act":
            return not why_not_act(BY_CODE[name], view)
        offered = {choice.outcome.code for choice in view.choices}
        return kind != "outcome" or name in offered

    def _outcomes(self, view: PassView | None) -> list[Outcome]:
        if view is None or view.state is not PassState.SERVING:
            return []
        if self._controller.station not in (None, view.at):
            return []
        natural = next((c for c in view.choices if _is_natural(c)), None)
        made = []
        for at, choice in enumerate(view.choices, 1):
            first = choice is natural
            why = why_not(choice)
            made.append(
                Outcome(
                    choice.outcome.code,
                    say(f"movein.outcome.{choice.outcome.key}"),
                    "Return" if first else f"Alt+{at}",
                    not why,
                    why,
                    "primary" if first else "",
                )
            )
        made.append(Outcome("keep", say("movein.panel.act.keep"), "Esc"))
        return made

    def focus_natural(self) -> bool:
        """The focus on the outcome that Enter means; False where there is none."""
        return self.bar.focus_primary()

    def _chosen(self, code: str) -> None:
        view = self._controller.view
        if view is None:
            return
        if code == "keep":
            self.left.emit()
            return
        choice = next((each for each in view.choices if each.outcome.code == code), None)
        if choice is None:
            return
        ask = ask_for_choice(choice)
        if ask.empty:
            self._controller.close(code, Given.nothing())
        else:
            self.ask(ask, lambda given: self._controller.close(code, given))

    def ask(self, ask: Ask, then: Then) -> None:
        """Asks in place; what was typed for the same thing before is put back."""
        scene = self._scene()
        if scene is None:
            return
        if ask.empty:
            then(Given.nothing())
            return
        self._keep_form()
        self._then, self._submitted = then, False
        self._asking, form = True, self.form
        self._fit()
        form.show_ask(ask, scene)
        form.restore(self._kept.get((self._pass_id, ask.code), {}))

    def _given(self, ask: Ask, given: Given) -> None:
        if self._then is not None:
            self._submitted = True
            self._then(given)

    def _accepted(self, _code: str) -> None:
        if not self._submitted or self._form is None or self._form.ask is None:
            return
        self._submitted = False
        for key in [key for key in self._kept if key[1] == self._form.ask.code]:
            del self._kept[key]
        self._form.forget_secrets()
        self._show_bar()
        self.typed.emit()

    def _say_in_place(self, error: DeskError) -> bool:
        """A rule's no to what the form gave stands in the form, and goes with it."""
        if not (self._submitted and self._asking) or isinstance(error, WorldError | Conflict):
            return False
        self.form.show_fault(error.sentence())
        return True

    def _refused(self) -> None:
        self._submitted = False
        self._forget_secrets()

    def _forget_secrets(self) -> None:
        if self._form is not None:
            self._form.forget_secrets()

    def _typed(self) -> None:
        self._keep_form()
        self.typed.emit()

    def _keep_form(self) -> None:
        if (ask := self.asking) is not None:
            self._kept[self._pass_id, ask.code] = self.form.values()

    def close_form(self) -> None:
        """Back to the outcomes; what was typed is there when the form is opened again."""
        self._keep_form()
        self._forget_secrets()
        self._show_bar()
        if self.bar.outcomes() and not self.focus_natural():
            self.bar.button(self.bar.outcomes()[0].key).setFocus()

    def _show_bar(self) -> None:
        self._then = None
        self._asking = False
        self._fit()

    def _fit(self) -> None:
        if self._form is not None:
            self._form.setVisible(self._asking)
        self.bar.setVisible(not self._asking and bool(self.bar.outcomes()))
        self.setVisible(self._asking or bool(self.bar.outcomes()))

    def values(self) -> dict[str, Any]:
        """What is typed in forms of outcomes and acts of this household, for the draft."""
        self._keep_form()
        return {
            code: values
            for (pass_id, code), values in self._kept.items()
            if pass_id == self._pass_id and code.startswith(("outcome.", "act."))
        }

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed things back; they stand in their form when it is opened."""
        for code, typed in values.items():
            self._kept[self._pass_id, code] = typed
