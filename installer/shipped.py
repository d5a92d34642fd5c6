"""Build hook: a wheel carries forms/ and resources/ inside the package, where the desk finds them.

An editable installation does without: there they lie beside the package.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Shipped(BuildHookInterface[Any]):
    """Adds the data folders to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"] |= {
                name: f"deskapp/shipped/{name}" for name in ("forms", "resources")
            }
