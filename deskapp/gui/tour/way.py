"""The steps of the tour: one household from the search box to its keys, and what is left of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QListWidget

from deskapp.gui.tour import angry
from deskapp.gui.tour.hand import Hand

HOUSE = "1#1单元203"
"""Of the sample estate; its owner is called 王䶮."""


def photo(folder: Path) -> Path:
    """A picture as a camera leaves it: a meter of sorts."""
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor("#d9dde0"))
    painter = QPainter(picture)
    painter.fillRect(120, 160, 400, 160, QColor("#20262b"))
    painter.fillRect(140, 180, 360, 120, QColor("#f4f6f8"))
    painter.end()
    path = folder / "meter.jpg"
    picture.save(str(path))
    return path


class Way:
    """The way of one household, station by station."""

    def __init__(self, hand: Hand, material: Path) -> None:
        self.hand, self._material = hand, material

    def find(self) -> None:
        """F2, a few keys, Enter."""
        hand = self.hand
        hand.picture("start")
        hand.key(Qt.Key.Key_F2)
        hand.type("shell.search", "wy")
        hand.find("shell.search.hits")
        hand.picture("search")
        hand.type("shell.search", HOUSE)
        hand.find("shell.search.hits")
        hand.key(Qt.Key.Key_Return)
        hand.find("movein.reception.arrive")
        hand.picture("reception")

    def arrive(self) -> None:
        """The household gets its number."""
        self.hand.click("movein.reception.arrive")
        self.hand.find("movein.outcome.in_order")
        self.hand.picture("notice")

    def notice(self) -> None:
        """① in order."""
        self.hand.click("movein.outcome.in_order")
        self.hand.find("movein.documents.all")

    def documents(self) -> None:
        """② all shown, the card signed on the screen."""
        self.hand.click("movein.documents.all")
        self.hand.click("movein.sign.documents.screen")
        self.hand.draw("movein.sign.pad")
        self.hand.picture("signature")
        self.hand.click("movein.sign.take")
        self.hand.picture("documents")
        self.hand.click("movein.outcome.in_order")
        self.hand.find("movein.inspection.room_ok")

    def inspection(self) -> None:
        """③ meters with their photos, one defect, every other room in order."""
        hand = self.hand
        rooms = hand.find("movein.inspection.rooms", QListWidget).count()
        shot = photo(self._material)
        for meter in ("water", "electricity", "gas"):
            if hand.is_there(f"movein.meter.{meter}.reading"):
                hand.drop(f"movein.meter.{meter}.reading", shot)
                hand.type(f"movein.meter.{meter}.reading", "00012.3")
                hand.key(Qt.Key.Key_Return)
        for _ in range(rooms - 1):
            hand.click("movein.inspection.room_ok")
        hand.click("movein.inspection.defect")
        hand.click("movein.defect.quick.0")
        hand.picture("defect")
        hand.click("movein.defect.save")
        hand.click("movein.inspection.room_ok")
        hand.click("movein.sign.inspection.screen")
        hand.draw("movein.sign.pad")
        hand.click("movein.sign.take")
        hand.picture("inspection")
        hand.click("movein.outcome.accepted_with_defects")
        hand.find("movein.papers.all")

    def papers(self) -> None:
        """④ the whole pack."""
        self.hand.click("movein.papers.all")
        self._sign("papers")
        self.hand.picture("papers")
        self.hand.click("movein.outcome.all_signed")
        self.hand.find("movein.fees.take")

    def fees(self) -> None:
        """⑤ everything paid."""
        self.hand.picture("fees")
        self.hand.click("movein.fees.take")
        self.hand.picture("paid")
        self.hand.click("movein.outcome.paid")
        self.hand.find("movein.keys.all")

    def keys(self) -> None:
        """⑥ every key, and the receipt of the house."""
        self.hand.click("movein.keys.all")
        self._sign("keys")
        self.hand.picture("keys")
        self.hand.click("movein.outcome.all_keys")

    def receipt(self, number: str) -> None:
        """The handover receipt on the screen."""
        self.hand.click(f"movein.issued.{number}.preview")
        self.hand.find("movein.paper.preview")
        self.hand.picture("receipt")
        self.hand.click("movein.paper.back")

    def complaint(self) -> None:
        """A fee is shouted about: the script beside the form step by step, one number, clocks that start."""
        angry.listen(self.hand)
        self.hand.click("complaints.intake.save")
        self.hand.settle()
        self.hand.picture("ticket")
        self.hand.click("complaints.page.list")
        self.hand.find("complaints.list.rows").setFocus()
        self.hand.key(Qt.Key.Key_Down)
        self.hand.find("complaints.list.why")
        self.hand.picture("clock")

    def archive(self) -> None:
        """The household's file."""
        self.hand.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        self.hand.key(Qt.Key.Key_F2)
        self.hand.type("shell.search", HOUSE)
        self.hand.find("shell.search.hits")
        self.hand.key(Qt.Key.Key_Return)
        self.hand.find("residents.tabs")
        self.hand.picture("archive")

    def _sign(self, record: str) -> None:
        self.hand.click(f"movein.sign.{record}.screen")
        self.hand.draw("movein.sign.pad")
        self.hand.click("movein.sign.take")
