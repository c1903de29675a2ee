"""Reads settings from the environment and refuses what it does not understand.

environs reads single values. The addresses of database and mail server are read here: the readers
it brings know more schemes than this program has drivers for, and drop an empty `options=`.
"""

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


@env.parser_for("words")
def words(value: str) -> list[str]:
    """The comma-separated words of a variable, without blanks."""
    return [word.strip() for word in value.split(",") if word.strip()]


@env.parser_for("origins")
def origins(value: str) -> list[str]:
    """The origin of an address, as a list; empty when there is none."""
    parts = urlsplit(value)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


POSTGRES = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/]*)(?::(?P<password>.*))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:@/?#]*)(?::(?P<port>\d+))?"
    r"/(?P<name>[^/?#]*)(?:\?(?P<query>[^@]*))?"
)


def database(url: str, data_dir: Path, *, password: str = "") -> dict:
    """The DATABASES entry for postgres:// or sqlite://; without one, SQLite in `data_dir`.

    The password may hold any character, as it is or written as in addresses (%40 for @); one given
    beside the address is taken as it is. What stands behind a question mark goes to libpq as it
    is, such as `sslmode=require`.
    """
    if not url or url.startswith("sqlite"):
        path = url.partition("///")[2] if url else str(data_dir / "learningspaces.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "timeout": 30,  # an import of thousands of stories writes for that long
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    scheme = url.partition(":")[0]
    if scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgres:// or sqlite://, not {scheme!r}"
        )
    parts = POSTGRES.fullmatch(url)
    if parts is None:
        raise ImproperlyConfigured(
            "DATABASE_URL must read postgres://user:password@host:port/name, and it does not"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts["name"]),
        "USER": unquote(parts["user"] or ""),
        "PASSWORD": password or unquote(parts["password"] or ""),
        "HOST": unquote(parts["host"]).strip("[]"),
        "PORT": parts["port"] or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # compiling a page's short queries costs more than it can save
        "OPTIONS": {"options": "-c jit=off"}
        | dict(parse_qsl(parts["query"] or "", keep_blank_values=True)),
    }


def email(url: str) -> dict:
    """Django's e-mail settings for smtp://user:word@host:port, smtps://… or console://."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    if parts.scheme not in ("smtp", "smtps", "smtp+tls"):
        raise ImproperlyConfigured(
            f"EMAIL_URL must begin with smtp://, smtp+tls://, smtps://, file:// or console://, "
            f"not {parts.scheme!r}"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def files(url: str, folder: Path) -> dict:
    """The STORAGES entry for s3://key:secret@host/bucket, or for a folder when there is no address.

    The files people bring are handed out by the program alone, never by the bucket itself.
    """
    if not url:
        options = {"location": str(folder), "base_url": None}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "UPLOADS_URL must read s3://key:secret@host/bucket, or be empty for a folder"
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
            "bucket_name": parts.path.strip("/"),
            "default_acl": "private",
            "file_overwrite": False,
            **dict(parse_qsl(parts.query)),
        },
    }
