"""The talk that a script leads, as the panel holds it: the engine is `domain.complaints.session` (C8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from deskapp.domain.complaints import session as engine
from deskapp.domain.complaints.classes import Channel, Topic
from deskapp.domain.complaints.playbooks import BASE, Library
from deskapp.domain.complaints.script import Branch, Field, Mood, Phase, Script, Side
from deskapp.domain.complaints.session import Session, Shown


class Talk(QObject):
    """One talk: begun, followed, gone back in, left and taken up again; nothing answered is ever lost.

    Attributes:
        session: as it stands; None while no script runs.
        topic: of the form; a branch to the playbook leads to its script.

    Signals:
        moved: another step, side or mood; the step is to be shown anew.
        answered: (field, text): an answer was typed at the script.
    """

    moved = Signal()
    answered = Signal(object, str)

    def __init__(self, library: Library, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._now = library, now
        self.session: Session | None = None
        self.topic: Topic | None = None

    # -- what there is

    @property
    def running(self) -> bool:
        """Whether a step is before one."""
        return self.session is not None and not self.session.over

    def shown(self) -> Shown | None:
        """The step before one; None while no script runs."""
        return engine.shown(self._library, self.session) if self.session is not None else None

    def script(self) -> Script | None:
        """The script of the step."""
        return self._library.script(self.session.at[0]) if self.session is not None else None

    def side(self) -> Side:
        """Whom one talks to: by the last playbook on the way, in the base script who complains."""
        scripts = [self._library.script(code) for code, _step in self.session.path] if self.session else []
        return next((script.side for script in reversed(scripts) if script.playbook), Side.COMPLAINANT)

    def other_side(self) -> Script | None:
        """The playbook of the topic for whom one does not talk to now; None where there is no other side."""
        side = Side.COMPLAINANT if self.side() is Side.OTHER_PARTY else Side.OTHER_PARTY
        return self._playbook(side)

    def playbook(self) -> Script | None:
        """The playbook of the topic for the side one talks to; None where there is none."""
        return self._playbook(self.side())

    def _playbook(self, side: Side) -> Script | None:
        if self.topic is None or self.session is None:
            return None
        return self._library.playbook(self.topic.script, side)

    def seconds(self) -> int:
        """How long the talk has taken in all."""
        if self.session is None:
            return 0
        spent = sum(self.session.seconds.values())
        if self.session.entered is not None:
            spent += max(int((self._now() - self.session.entered).total_seconds()), 0)
        return spent

    # -- going through it

    def begin(
        self,
        channel: Channel,
        mood: Mood = Mood.CALM,
        *,
        script: str = BASE,
        step: str = "",
        answers: Mapping[Field, str] = engine.NO_ANSWERS,
    ) -> None:
        """Begins a talk; answers of an earlier one are carried on.

        Args:
            step: where it begins, where the script has such a step; "" at its start.
            answers: what is known before a word was said.
        """
        before = self.session
        begun = engine.start(self._library, self._now(), channel=channel, mood=mood, script=script)
        if step and self._library.has((script, step)):
            begun = replace(begun, path=((script, step),))
        for field, text in {**answers, **(before.answers if before else {})}.items():
            begun = engine.answer(begun, field, text)
        self.session = begun
        self.moved.emit()

    def follow(self, branch: Branch) -> None:
        """Goes the way the person goes."""
        if self.session is not None and not self.session.over:
            self._become(engine.follow(self._library, self.session, branch, self._now(), self.topic))

    def back(self) -> None:
        """One step back, every answer kept."""
        if self.session is not None and engine.can_go_back(self.session):
            self._become(engine.back(self.session, self._now()))

    def leave(self) -> None:
        """Leaves the script, at any moment; it can be taken up again."""
        if self.session is not None and not self.session.over:
            ended = self.ended()
            assert ended is not None
            self._become(ended)

    def ended(self) -> Session | None:
        """The talk as it is kept with the ticket, ended now; this one goes on until the ticket is saved."""
        if self.session is None or self.session.over:
            return self.session
        final = engine.shown(self._library, self.session).final
        return engine.leave(self._library, self.session, self._now(), self.session.mood if final else None)

    def resume(self) -> None:
        """Takes it up where it was left."""
        if self.session is not None and self.session.over:
            self._become(engine.resume(self.session, self._now()))

    def enter(self, script: Script) -> None:
        """Goes to another script: one can go back from it."""
        if self.session is not None and not self.session.over:
            self._become(engine.enter(self._library, self.session, script.code, self._now()))

    def feel(self, mood: Mood) -> None:
        """The person's mood now; at the first step the one he came in, after the end the one he left in."""
        if self.session is None:
            return
        felt = engine.feel(self.session, mood)
        if not self.session.over and len(self.session.path) == 1:
            felt = replace(felt, mood_before=mood)
        self._become(felt)

    def set_channel(self, channel: Channel) -> None:
        """The way he reached the desk: the lines follow it."""
        if self.session is not None and self.session.channel is not channel:
            self._become(replace(self.session, channel=channel))

    @property
    def untouched(self) -> bool:
        """Whether the talk was only begun: no way was taken and no mood noted; answers stand in the form."""
        session = self.session
        return session is None or (len(session.path) == 1 and session.mood is Mood.CALM and not session.over)

    def set_topic(self, topic: Topic | None) -> None:
        """The topic chosen on the form. At the step that sorts the matter its playbook is entered at once;

        anywhere else the clerk is offered it: somebody who is still being listened to is not cut short.
        """
        if topic is self.topic:
            return
        self.topic = topic
        shown, playbook = self.shown(), self.playbook()
        if self.running and playbook is not None and shown is not None and shown.phase is Phase.CLASSIFY:
            self.enter(playbook)
        else:
            self.moved.emit()

    def answer(self, field: Field, text: str) -> None:
        """An answer typed at the script; it flows into the form."""
        if self.session is not None:
            self.session = engine.answer(self.session, field, text)
            self.answered.emit(field, text)
            self.moved.emit()

    def note(self, field: Field, text: str) -> None:
        """What was typed in the form; the lines that name it say it."""
        if self.session is not None and self.session.answers.get(field, "") != text.strip():
            self.session = engine.answer(self.session, field, text)
            self.moved.emit()

    def forget(self) -> None:
        """No talk: the next one begins anew."""
        self.session = None
        self.moved.emit()

    def _become(self, session: Session) -> None:
        self.session = session
        self.moved.emit()

    # -- drafts

    def as_data(self) -> dict[str, Any]:
        """For a draft; empty while no script runs."""
        return engine.as_data(self.session) if self.session is not None else {}

    def restore(self, data: Mapping[str, Any]) -> None:
        """A talk of a draft, left where it stood."""
        found = engine.from_data(self._library, data) if data else None
        if found is not None:
            self._become(found)
