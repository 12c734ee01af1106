"""The file of the full-text index: SQLite with FTS5.

Texts stand in the index twice: as they are, and folded (`graph.model.text.fold`), because FTS5's own
`remove_diacritics` does not fold đ. Whoever searches folds the query in the same way.

An index that differs little from that of an earlier snapshot is made from a copy of it. Row numbers
are drawn from the IRIs, so that the same rows give the same index in either way.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from graph.build.index_rows import Row
from graph.model.text import fold

SCHEMA = """
CREATE TABLE entity(
  id INTEGER PRIMARY KEY,      -- drawn from the IRI; also the rowid in entity_text
  iri TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,         -- the most specific own class, as IRI; the first one by name if several
  label_vi TEXT NOT NULL,      -- empty without one
  label_en TEXT NOT NULL,
  aliases TEXT NOT NULL,       -- JSON array of further names
  codes TEXT NOT NULL,         -- JSON array of official codes and other keys
  numbers TEXT NOT NULL        -- JSON array of document numbers
) STRICT;
CREATE INDEX entity_class ON entity(class);
CREATE TABLE entity_key(       -- codes and document numbers, folded, for exact look-ups
  key TEXT NOT NULL,
  id INTEGER NOT NULL REFERENCES entity(id),
  PRIMARY KEY (key, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_key_id ON entity_key(id);
CREATE VIRTUAL TABLE entity_text USING fts5(
  label, alias, code, number, label_folded, alias_folded,
  prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
"""

_LAYOUT = int.from_bytes(hashlib.sha256(SCHEMA.encode()).digest()[:3], "big")


def digest(rows: Iterable[Row]) -> str:
    """Give the SHA-256 of the rows and of the layout of the index."""
    result = hashlib.sha256(SCHEMA.encode())
    for row in rows:
        result.update("\x1f".join(row).encode() + b"\n")
    return result.hexdigest()


def write_index(path: Path, rows: Iterable[Row], base: Path | None = None) -> int:
    """Write the index and give the number of its entities.

    Args:
        path: the file to make.
        rows: the entities.
        base: the index of an earlier snapshot to start from, if there is one.

    Raises:
        OSError: if the file cannot be written.

    """
    try:
        return _write(path, dict(_numbered(rows)), base)
    except sqlite3.OperationalError as error:
        raise OSError(f"the full-text index {path.name} cannot be written: {error}") from error


def _numbered(rows: Iterable[Row]) -> Iterable[tuple[int, Row]]:
    """Give each row its number: 62 bits of a hash of the IRI."""
    for row in rows:
        yield int.from_bytes(hashlib.sha256(row[0].encode()).digest()[:8], "big") >> 2, row


def _write(path: Path, wanted: Mapping[int, Row], base: Path | None) -> int:
    if base is not None:
        shutil.copyfile(base, path)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        if base is not None and database.execute("PRAGMA user_version").fetchone() != (_LAYOUT,):
            database.close()
            path.unlink()
            return _write(path, wanted, None)
        if base is None:
            database.executescript(f"{SCHEMA} PRAGMA user_version = {_LAYOUT};")
        database.execute("BEGIN")
        present = {number: tuple(row) for number, *row in database.execute("SELECT * FROM entity")}
        for number in present.keys() - wanted.keys():
            _delete(database, number)
        for number, row in wanted.items():
            if present.get(number) != row:
                if number in present:
                    _delete(database, number)
                _insert(database, number, row)
        database.execute("COMMIT")
        if base is None:
            database.execute("INSERT INTO entity_text(entity_text) VALUES ('optimize')")
            database.execute("ANALYZE")
            database.commit()
            database.execute("VACUUM")
        (count,) = database.execute("SELECT count(*) FROM entity").fetchone()
    return int(count)


def _delete(database: sqlite3.Connection, number: int) -> None:
    database.execute("DELETE FROM entity WHERE id = ?", (number,))
    database.execute("DELETE FROM entity_key WHERE id = ?", (number,))
    database.execute("DELETE FROM entity_text WHERE rowid = ?", (number,))


def _insert(database: sqlite3.Connection, number: int, row: Row) -> None:
    _, _, label_vi, label_en, *lists = row
    aliases, codes, numbers = (json.loads(values) for values in lists)
    labels = [label for label in (label_vi, label_en) if label]
    database.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
    database.executemany(
        "INSERT INTO entity_key VALUES (?, ?)", sorted({(fold(key), number) for key in [*codes, *numbers]})
    )
    database.execute(
        "INSERT INTO entity_text(rowid, label, alias, code, number, label_folded, alias_folded)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *map(_text, (labels, aliases, codes, numbers)), _folded(labels), _folded(aliases)),
    )


def _text(values: Iterable[str]) -> str:
    return "\n".join(values)


def _folded(values: Iterable[str]) -> str:
    return _text(dict.fromkeys(fold(value) for value in values))
