"""What has the user decided that must outlive the session? The only persistence of the desk.

Header mappings, label corrections, event edits and profiles, as they come: each a record of a kind
under a key. Posts are never stored.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, MetaData, String, Table, Text, create_engine, event, select
from sqlalchemy.engine import make_url

METADATA = MetaData()
RECORDS = Table(
    "records",
    METADATA,
    Column("kind", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("value", Text, nullable=False),
    Column("saved_at", String(40), nullable=False),
)


def open_store(url: str) -> Engine:
    """Which store is at this SQLAlchemy URL? Made if new; SQLite writes ahead and syncs fully."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite" and place.database:
        Path(place.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(place)
    if place.get_backend_name() == "sqlite":
        event.listen(engine, "connect", careful)
    METADATA.create_all(engine)
    return engine


def careful(connection: Any, record: Any) -> None:
    """How does SQLite keep what was saved through a power cut, with several sessions open?"""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def save(store: Engine, kind: str, key: str, value: Any) -> None:
    """How is a decision kept? Replaces what stood under the same kind and key; `value` is anything JSON holds."""
    record = {"value": json.dumps(value, ensure_ascii=False), "saved_at": datetime.now(UTC).isoformat()}
    same = (RECORDS.c.kind == kind) & (RECORDS.c.key == key)
    with store.begin() as connection:
        if not connection.execute(RECORDS.update().where(same).values(record)).rowcount:
            connection.execute(RECORDS.insert().values(kind=kind, key=key, **record))


def load(store: Engine, kind: str, key: str) -> Any | None:
    """What was kept under this kind and key? None if nothing was."""
    wanted = select(RECORDS.c.value).where(RECORDS.c.kind == kind, RECORDS.c.key == key)
    with store.connect() as connection:
        found = connection.execute(wanted).scalar_one_or_none()
    return None if found is None else json.loads(found)


def keys(store: Engine, kind: str) -> list[str]:
    """Under which keys was something of this kind kept? In alphabetical order."""
    wanted = select(RECORDS.c.key).where(RECORDS.c.kind == kind).order_by(RECORDS.c.key)
    with store.connect() as connection:
        return list(connection.execute(wanted).scalars())


def records(store: Engine, kind: str) -> list[tuple[str, Any]]:
    """What was kept of this kind? (key, value), by key."""
    wanted = select(RECORDS.c.key, RECORDS.c.value).where(RECORDS.c.kind == kind).order_by(RECORDS.c.key)
    with store.connect() as connection:
        return [(key, json.loads(value)) for key, value in connection.execute(wanted)]


def delete(store: Engine, kind: str, key: str) -> None:
    """How is a decision taken back? Nothing happens if there was none."""
    with store.begin() as connection:
        connection.execute(RECORDS.delete().where(RECORDS.c.kind == kind, RECORDS.c.key == key))
