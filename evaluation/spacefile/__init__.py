"""The space file, version 1: one space as YAML or JSON, in and out, without a database.

`read` turns bytes into a SpaceFile or a list of faults, `write_yaml` and `write_json` turn a
SpaceFile into bytes, `shift` moves it in time.
"""

from evaluation.spacefile.document import SpaceFile
from evaluation.spacefile.faults import Fault
from evaluation.spacefile.reading import read
from evaluation.spacefile.shifting import shift
from evaluation.spacefile.writing import write_json, write_yaml

__all__ = ["Fault", "SpaceFile", "read", "shift", "write_json", "write_yaml"]
