"""The forms in force: shipped ones, and the site's own in their place (design rule 5).

``forms/handover.toml`` is the form of today. A wording of the past is kept beside it as
``forms/handover@3.toml``: a document issued with version 3 is reprinted from that, with the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from deskapp.base.assets import Assets
from deskapp.base.errors import WorldError
from deskapp.base.tomlfile import BadDataFile, Problem
from deskapp.domain.documents import FORMS, Record
from deskapp.pdf.form import Form
from deskapp.pdf.formfile import read_form


class Forms(Mapping[str, Form]):
    """Code -> form; ``code@version`` -> a form of the past. A file is read when first asked for."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._read: dict[str, Form] = {}

    def __getitem__(self, key: str) -> Form:
        """The form.

        Raises:
            KeyError: no such form.
            BadDataFile: its file has faults; all are named.
        """
        if key not in self._read:
            self._read[key] = read_form(self._files[key])
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def load_forms(assets: Assets) -> Forms:
    """The forms in force at this site."""
    return Forms({path.stem: path for path in assets.folder("forms")})


def form_for(forms: Forms, record: Record) -> Form:
    """The form with which a record was issued.

    Raises:
        WorldError: ``form.version_missing``: neither the form in force nor one kept has that version.
    """
    code, version = record.issue.form, record.issue.form_version
    for key in (code, f"{code}@{version}"):
        if key in forms and forms[key].version == version:
            return forms[key]
    raise WorldError("form.version_missing", form=code, version=version)


def check_forms(where: Assets | Path) -> list[Problem]:
    """Every fault of the forms in force, or of the form files of a folder; none means all can be printed.

    Args:
        where: a folder may be one of form files, or a site's with a folder ``forms`` in it.
    """
    if isinstance(where, Path):
        folder = where / "forms" if (where / "forms").is_dir() else where
        return [problem for file in sorted(folder.glob("*.toml")) for problem in _faults(file)]
    files = list(where.folder("forms"))
    found = {file.stem for file in files}
    absent = [Problem("forms", 0, code, "value.form_missing") for code in FORMS if code not in found]
    return [problem for file in files for problem in _faults(file)] + absent


def _faults(file: Path) -> list[Problem]:
    try:
        read_form(file)
    except BadDataFile as error:
        return error.problems
    return []
