"""The application on one database of the benchmarks; another database has a process of its own."""

import importlib
import multiprocessing
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent


def set_up(address: str) -> None:
    """The settings of a site in use, on a database and in files of the benchmarks' own."""
    name = urlsplit(address).path.strip("/")
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "learningspaces.settings",
            "DATABASE_URL": address,
            "DATA_DIR": str(ROOT / ".data" / "bench" / name),
            "DEBUG": "false",
            "SECRET_KEY": "the benchmarks keep no secret",
            "REDIS_URL": "",
            "LOG_LEVEL": "ERROR",
            "API_RATE": "1000000/minute",
        }
    )
    settings.ROOT_URLCONF = "benchmarks.urls"
    django.setup()


def carry_out(address: str, module: str, function: str, *given) -> None:
    """Set the application up in this process and call one function of it."""
    set_up(address)
    getattr(importlib.import_module(module), function)(*given)


def beginning(*work) -> multiprocessing.Process:
    """A process that has begun to carry some work out."""
    process = multiprocessing.get_context("spawn").Process(target=carry_out, args=work, daemon=True)
    process.start()
    return process


def to_its_end(*work) -> None:
    """Have some work carried out in a process of its own and wait for it."""
    process = beginning(*work)
    process.join()
    if process.exitcode:
        sys.exit("The databases of the benchmarks could not be filled.")
