"""The file of the full-text index: SQLite with FTS5, laid out for `graph.search`.

Words stand in it folded (`graph.search.words`), because FTS5's own `remove_diacritics` does not fold đ;
whoever searches folds the query in the same way.

The number of a row begins with its prior, turned round, so that the order of row numbers, in which FTS5
gives what it finds, is the order in which people look for things: the first rows found are the likeliest,
and none of the others need be read. The rest of the number is drawn from the IRI, so that an index made
from a copy of an earlier one, which differs little, is the same as one made anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from graph.build.index_rows import NUMBER, IndexRows, Row
from graph.search.document_numbers import read_number
from graph.search.rank_ids import row_number
from graph.search.words import compact, key

SCHEMA: Final = """
CREATE TABLE entity(
  id INTEGER PRIMARY KEY,      -- the prior and a hash of the IRI; also the rowid in entity_text
  iri TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,         -- the most specific own class, as IRI; the first one by name if several
  era TEXT NOT NULL,           -- of units: 2004, 2025
  valid_from TEXT NOT NULL,    -- empty if unknown
  valid_to TEXT NOT NULL,      -- the first day on which it is valid no more; empty without one
  provinces TEXT NOT NULL      -- IRIs, each between spaces
) STRICT;
CREATE TABLE display(
  id INTEGER PRIMARY KEY REFERENCES entity(id),
  label_vi TEXT NOT NULL,      -- empty without one
  label_en TEXT NOT NULL,
  description_vi TEXT NOT NULL,
  description_en TEXT NOT NULL,
  digest TEXT NOT NULL         -- of everything that the row was made of
) STRICT;
CREATE TABLE name(
  id INTEGER NOT NULL REFERENCES entity(id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,          -- label, alias, code, number
  text TEXT NOT NULL,          -- as it is
  key TEXT NOT NULL,           -- its folded words
  PRIMARY KEY (id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE name_key(         -- names by their folded words without spaces
  compact TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (compact, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_key_id ON name_key(id);
CREATE TABLE document_number(
  serial INTEGER NOT NULL,
  id INTEGER NOT NULL,
  symbols TEXT NOT NULL,       -- folded, sorted, between spaces
  year TEXT NOT NULL,          -- empty without one
  PRIMARY KEY (serial, id, symbols, year)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_number_id ON document_number(id);
CREATE TABLE class(
  iri TEXT PRIMARY KEY,
  label_vi TEXT NOT NULL,
  label_en TEXT NOT NULL,
  line TEXT NOT NULL           -- JSON array of IRIs: its own, then those of classes above it
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE entity_text USING fts5(
  name, context, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE word USING fts5vocab(entity_text, 'col');
"""

_LAYOUT: Final = int.from_bytes(hashlib.sha256(SCHEMA.encode()).digest()[:3], "big")
_PARTS: Final = ("entity", "display", "name", "name_key", "document_number")


def digest(rows: IndexRows) -> str:
    """Give the SHA-256 of the rows and of the layout of the index."""
    return hashlib.sha256(f"{SCHEMA}{rows.digest()}".encode()).hexdigest()


def write_index(path: Path, rows: IndexRows, base: Path | None = None) -> int:
    """Write the index and give the number of its entities.

    Args:
        path: the file to make.
        rows: the entities and their classes.
        base: the index of an earlier snapshot to start from, if there is one.

    Raises:
        OSError: if the file cannot be written.

    """
    wanted = {row_number(row.prior, row.iri): row for row in rows.entities}
    try:
        return _write(path, wanted, rows, base)
    except sqlite3.OperationalError as error:
        raise OSError(f"the full-text index {path.name} cannot be written: {error}") from error


def _write(path: Path, wanted: Mapping[int, Row], rows: IndexRows, base: Path | None) -> int:
    if base is not None:
        shutil.copyfile(base, path)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        if base is not None and database.execute("PRAGMA user_version").fetchone() != (_LAYOUT,):
            database.close()
            path.unlink()
            return _write(path, wanted, rows, None)
        if base is None:
            database.executescript(f"{SCHEMA} PRAGMA user_version = {_LAYOUT};")
        database.execute("BEGIN")
        present = dict(database.execute("SELECT id, digest FROM display"))
        digests = {number: row.digest() for number, row in wanted.items()}
        for number, found in present.items():
            if digests.get(number) != found:
                _delete(database, number)
        for number, row in sorted(wanted.items()):
            if present.get(number) != digests[number]:
                _insert(database, number, row, digests[number])
        database.execute("DELETE FROM class")
        classes = ((cls.iri, cls.label_vi, cls.label_en, json.dumps(cls.line)) for cls in rows.classes)
        database.executemany("INSERT INTO class VALUES (?, ?, ?, ?)", classes)
        database.execute("COMMIT")
        if base is None:
            database.execute("INSERT INTO entity_text(entity_text) VALUES ('optimize')")
            database.execute("ANALYZE")
            database.commit()
            database.execute("VACUUM")
        (count,) = database.execute("SELECT count(*) FROM entity").fetchone()
    return int(count)


def _delete(database: sqlite3.Connection, number: int) -> None:
    for table in _PARTS:
        database.execute(f"DELETE FROM {table} WHERE id = ?", (number,))  # noqa: S608  our own names
    database.execute("DELETE FROM entity_text WHERE rowid = ?", (number,))


def _insert(database: sqlite3.Connection, number: int, row: Row, row_digest: str) -> None:
    keys = [key(text) for _, text in row.names]
    provinces = "".join(f" {iri}" for iri in row.provinces)
    database.execute(
        "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, row.iri, row.cls, row.era, row.valid_from, row.valid_to, f"{provinces} "),
    )
    database.execute(
        "INSERT INTO display VALUES (?, ?, ?, ?, ?, ?)",
        (number, row.label_vi, row.label_en, row.description_vi, row.description_en, row_digest),
    )
    database.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?)",
        [(number, at, kind, text, keys[at]) for at, (kind, text) in enumerate(row.names)],
    )
    database.executemany(
        "INSERT INTO name_key VALUES (?, ?)",
        sorted({(compact(folded), number) for folded in keys if folded}),
    )
    numbers = (read_number(text) for kind, text in row.names if kind == NUMBER)
    database.executemany(
        "INSERT INTO document_number VALUES (?, ?, ?, ?)",
        sorted(
            {
                (found.serial, number, f" {' '.join(sorted(found.symbols))} ", found.year)
                for found in numbers
                if found is not None
            }
        ),
    )
    database.execute(
        "INSERT INTO entity_text(rowid, name, context) VALUES (?, ?, ?)",
        (number, "\n".join(dict.fromkeys(keys)), row.context),
    )
