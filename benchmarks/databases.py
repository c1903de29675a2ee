"""The two databases of the benchmarks: the measured space alone, and the same beside many others.

They are kept between runs. A comment on each says of which tables and which filling it is; one that
is outdated, or was never finished, is made anew. Trials with other numbers have two of their own.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from benchmarks.processes import ROOT, to_its_end

SERVER = "postgres://postgres@127.0.0.1:5432/"
NAME = "bench_learningspaces"
FILLED_BY = ("filling.py", "multiplying.py", "seed.py", "telling.py")
IN_ONE_PROCESS = "max_parallel_workers_per_gather"  # so that a backend's CPU is all there is


@dataclass(frozen=True)
class Sizes:
    """How many stories the measured space has, how many other spaces there are with how many."""

    stories: int = 10_000
    others: int = 1000
    other_stories: int = 200_000


def server_address() -> str:
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else SERVER


def fingerprint(sizes: Sizes) -> str:
    """Of all migrations, of what fills in and of the sizes."""
    files = sorted(ROOT.glob("*/migrations/*.py"))
    files += [ROOT / "benchmarks" / name for name in FILLED_BY]
    written = b"".join(path.read_bytes() for path in files) + repr(sizes).encode()
    return hashlib.sha256(written).hexdigest()


class Server:
    """The PostgreSQL server, asked for databases."""

    def __init__(self, address: str):
        self.parts = urlsplit(address)
        self.connection = psycopg2.connect(self.address("postgres"))
        self.connection.autocommit = True

    def address(self, name: str) -> str:
        return urlunsplit(self.parts._replace(path=f"/{name}"))

    def ask(self, sql: str, *given) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall() if cursor.description else []

    def ready(self, name: str, mark: str, fill: Callable[[], None], *, like: str = "") -> str:
        """The address of a database that bears a mark, made and filled unless it is there."""
        asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if self.ask(asked, name) != [(mark,)]:
            self.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self.ask(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
            self.ask(f"ALTER DATABASE {name} SET {IN_ONE_PROCESS} = 0")
            fill()
            self.tidy(name)
            self.ask(f"COMMENT ON DATABASE {name} IS %s", mark)
        return self.address(name)

    def tidy(self, name: str) -> None:
        """Statistics and visibility as a database has them that has been in use for a while."""
        connection = psycopg2.connect(self.address(name))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        connection.close()


def databases(sizes: Sizes) -> tuple[str, str]:
    """The addresses of the database with the measured space beside others, and of it alone."""
    server, mark = Server(server_address()), fingerprint(sizes)
    beside = NAME if sizes == Sizes() else f"{NAME}_trial"
    alone = f"{beside}_alone"

    def fill(name: str, what: str) -> Callable[[], None]:
        return partial(to_its_end, server.address(name), "benchmarks.filling", what, sizes)

    lone = server.ready(alone, mark, fill(alone, "fill_measured"))
    return server.ready(beside, mark, fill(beside, "fill_others"), like=alone), lone
