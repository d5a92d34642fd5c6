"""Printed forms: (form, record) -> PDF. The only importer of reportlab, and that only when one is printed.

forms = load_forms(Assets(site))
done = render(form_for(forms, record), record, Copy(reprint=1), pictures)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp.domain.documents import Copy, Record
from deskapp.pdf.form import Form
from deskapp.pdf.library import Forms, check_forms, form_for, load_forms

if TYPE_CHECKING:
    from deskapp.pdf.render import Rendered


def render(
    form: Form, record: Record, copy: Copy | None = None, pictures: Mapping[str, bytes] | None = None
) -> Rendered:
    """See `deskapp.pdf.render.render`, which is loaded at the first call."""
    from deskapp.pdf.render import render as make

    return make(form, record, copy, pictures)


__all__ = ["Form", "Forms", "check_forms", "form_for", "load_forms", "render"]
