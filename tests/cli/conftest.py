"""Running a command as another program does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from deskapp.__main__ import main

Answer = tuple[int, Any, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs a command: exit status, the JSON document (or text), and what stands on standard error."""

    def call(*arguments: object) -> Answer:
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        document = json.loads(said.out) if "--json" in arguments and said.out else said.out
        return status, document, said.err

    return call
