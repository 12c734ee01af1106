"""Snapshots on disk: where they lie, which one is current, and how that changes in one atomic step.

A snapshot is immutable. It is made in ``tmp/`` and renamed into ``snapshots/<id>/`` when it is whole;
``current`` is a symbolic link that is only ever replaced by another one, by `rename(2)`.
"""
