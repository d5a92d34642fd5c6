"""Widgets that several panels share; each keeps to the tokens of `deskapp.gui.theme` and to no capability.

Every widget takes its ``object_name`` first: stable, dotted, the beginning of the names of its parts.
What a person types is asked with ``value()``, given with ``set_value()`` and told by ``changed``; what a
draft keeps of it is ``draft()`` and comes back by ``restore()`` (design rule 4).
"""
