"""Where the shipped data lies, and the site's own folder that overrides it file by file (design rule 5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_ROOTS = (Path(__file__).resolve().parents[2], Path(__file__).resolve().parents[1] / "shipped")


def shipped(relative: str) -> Path:
    """A file or folder that came with the program, such as ``resources/fonts``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for root in _ROOTS:
        if (root / relative).exists():
            return root / relative
    raise FileNotFoundError(relative)


class Assets:
    """The data files in force: the site's folder first, then the shipped ones.

    Args:
        site: a folder of the site's own with the same layout (``forms/``, ``resources/``), or None.
    """

    def __init__(self, site: Path | None = None) -> None:
        self.site = site

    def path(self, relative: str) -> Path:
        """The one file in force for ``relative``."""
        if self.site is not None and (self.site / relative).is_file():
            return self.site / relative
        return shipped(relative)

    def folder(self, relative: str, suffix: str = ".toml") -> Iterator[Path]:
        """Every file in force of a folder, by name; the site's take the place of those shipped."""
        found: dict[str, Path] = {}
        for root in (shipped(relative), self.site / relative if self.site else None):
            if root is not None and root.is_dir():
                found.update((p.name, p) for p in root.iterdir() if p.suffix == suffix)
        return (found[name] for name in sorted(found))
