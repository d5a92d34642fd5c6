"""Compiles the translation sources into one catalogue a language, and checks that it was done.

python installer/catalogue.py          compile
python installer/catalogue.py --check  exit 1 if a compiled catalogue is not that of its sources
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "translations"


def merged(language: str) -> Catalog:
    """All sources of a language as one catalogue; a key written twice is an error."""
    then = datetime(2026, 1, 1, tzinfo=UTC)  # a date of compiling would change the bytes each day
    whole = Catalog(locale=language, project="deskapp", version="1", creation_date=then, revision_date=then)
    for source in sorted((FOLDER / language).glob("*.po")):
        with source.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if not message.id:
                    continue
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                if key in whole:
                    raise SystemExit(f"{source}: {key} stands in another file too")
                whole.add(message.id, message.string)
    return whole


def compiled(language: str) -> bytes:
    """The catalogue's bytes; the same sources give the same bytes."""
    out = io.BytesIO()
    write_mo(out, merged(language))
    return out.getvalue()


def main() -> int:
    stale = []
    for language in ("zh_CN", "en"):
        target, data = FOLDER / language / "deskapp.mo", compiled(language)
        if "--check" in sys.argv:
            if not target.exists() or target.read_bytes() != data:
                stale.append(language)
        else:
            target.write_bytes(data)
    for language in stale:
        print(f"stale catalogue: {language}; run python installer/catalogue.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
