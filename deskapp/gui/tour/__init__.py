"""The main job by itself, in the real window, by real clicks and keys (cli.md: tour)."""

from deskapp.gui.tour.run import run

__all__ = ["run"]
