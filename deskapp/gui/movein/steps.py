"""Commands of one household, one after another: each rests on what the one before has left."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from deskapp.base.errors import DeskError
from deskapp.gui.controller import Controller
from deskapp.services.changes import Changes, Done


@dataclass(frozen=True, slots=True)
class Step:
    """A command that waits for its turn.

    Attributes:
        key: what it is, with its inputs; the same again is the second click.
        call: makes the change; answers `Done` of (value, the household after it or None).
        done: told the value.
    """

    key: Hashable
    call: Callable[[str], Done[Any]]
    done: Callable[[Any], None]


class Steps(QObject):
    """The commands under way and those behind it.

    Args:
        view: gets the household after a step, before the step's own `done` is told.
        failed: told the error of a step, None for a bug of ours; the steps behind it are forgotten.
    """

    def __init__(
        self,
        controller: Controller,
        view: Callable[[Any], None],
        failed: Callable[[DeskError | None], None],
    ) -> None:
        super().__init__(controller)
        self._controller, self._view, self._tell = controller, view, failed
        self._under_way: Step | None = None
        self._behind: list[Step] = []
        self._own: set[Changes] = set()
        self._broken = False
        controller.runner.trouble.connect(self._after_trouble)

    def take(self, step: Step) -> None:
        """Makes a step when its turn comes; one that is under way or waits already is not made twice (L9)."""
        known = [self._under_way, *self._behind]
        if any(each is not None and each.key == step.key for each in known):
            return
        if self._under_way is not None:
            self._behind.append(step)
            return
        self._begin(step)

    def own(self, changes: Changes) -> bool:
        """Whether a step made these changes, and its view has been shown with them; asked once for each."""
        known = changes in self._own
        self._own.discard(changes)
        return known

    def _begin(self, step: Step) -> None:
        self._under_way = step
        self._controller.command(
            step.key, lambda command: self._made(step, command), self._done, failed=self._failed
        )

    def _made(self, step: Step, command: str) -> Done[Any]:
        try:
            done = step.call(command)
        except DeskError:
            raise
        except Exception:
            self._broken = True  # a bug: the runner logs it and says so, `_after_trouble` lets go of the step
            raise
        if done.changes:
            self._own.add(done.changes)
        return done

    def _after_trouble(self) -> None:
        if self._broken:
            self._broken = False
            self._let_go(None)

    def _done(self, answer: Any) -> None:
        step, self._under_way = self._under_way, None
        assert step is not None
        value, view = answer
        if view is not None:
            self._view(view)
        step.done(value)
        if self._behind and self._under_way is None:
            self._begin(self._behind.pop(0))

    def _failed(self, error: DeskError) -> None:
        self._let_go(error)

    def _let_go(self, error: DeskError | None) -> None:
        self._under_way = None
        self._behind.clear()  # what followed rested on it
        self._tell(error)
