"""From rows to the records of a space file, one module for each kind of record."""
