"""The tables, one module a capability.

Declaring tables takes longer than drawing a window, so a module is imported where its rows are used;
`deskapp.db.tables.whole` imports all of them.
"""
