"""What pages cost: ./dev bench [--json]. Needs PostgreSQL, and makes a database of its own there.

DATABASE_URL says which server; without it, postgres://postgres@127.0.0.1:5432/.
"""

import argparse
import hashlib
import importlib
import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
SERVER = "postgres://postgres@127.0.0.1:5432/"
DATABASE = "bench_learningspaces"


def server_address() -> str:
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else SERVER


def fingerprint() -> str:
    """Of all migrations and of what is filled in, so that an outdated database is made anew."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "benchmarks" / "seed.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def make_database(server: str) -> str:
    """The address of the benchmarks' own database, made if it is not there or has other tables."""
    parts = urlsplit(server)
    connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [DATABASE],
        )
        if cursor.fetchone() != (fingerprint(),):
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
            cursor.execute(f"COMMENT ON DATABASE {DATABASE} IS %s", [fingerprint()])
    connection.close()
    return urlunsplit(parts._replace(path=f"/{DATABASE}"))


def set_up() -> None:
    """The settings of a site in use, on the benchmarks' own database and files."""
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "learningspaces.settings",
            "DATABASE_URL": make_database(server_address()),
            "DATA_DIR": str(ROOT / ".data" / "bench"),
            "DEBUG": "false",
            "SECRET_KEY": "the benchmarks keep no secret",
            "REDIS_URL": "",
            "LOG_LEVEL": "ERROR",
        }
    )
    sys.path.insert(0, str(ROOT))
    settings.ROOT_URLCONF = "benchmarks.urls"
    django.setup()


def as_table(figures: list[dict]) -> str:
    """The figures in columns, each with its goal and whether it was met."""
    lines = [f"{'name':<16}{'value':>10}  {'goal':>8}  {'met':<5}unit"]
    for row in figures:
        goal = "" if row["goal"] is None else f"{row['goal']:g}"
        met = "yes" if row["met"] else "no"
        lines.append(f"{row['name']:<16}{row['value']:>10.3f}  {goal:>8}  {met:<5}{row['unit']}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print a list of figures")
    parser.add_argument("--stories", type=int, default=10_000, help="stories of the large space")
    parser.add_argument("--only", nargs="*", default=(), help="names of the figures wanted")
    wish = parser.parse_args()
    set_up()
    figures = importlib.import_module("benchmarks.figures")
    measured = figures.measure(stories=wish.stories, only=wish.only)
    print(json.dumps(measured, indent=1) if wish.json else as_table(measured))


if __name__ == "__main__":
    main()
