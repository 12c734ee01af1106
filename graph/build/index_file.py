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
from graph.search.layout import LAYOUT, SCHEMA
from graph.search.rank_ids import row_number
from graph.search.words import compact, key

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
        if base is not None and database.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
            database.close()
            path.unlink()
            return _write(path, wanted, rows, None)
        if base is None:
            database.executescript(f"{SCHEMA} PRAGMA user_version = {LAYOUT};")
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
