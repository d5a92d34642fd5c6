"""The tables, one module a capability.

Declaring tables takes longer than drawing a window, so a module is imported where its rows are used;
`deskapp.db.tables.whole` imports all of them. The modules do without ``from __future__ import annotations``:
mapped types given as text are read nearly twice as slowly.
"""
