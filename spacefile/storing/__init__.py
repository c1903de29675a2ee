"""From the records of a space file to rows, one module for each kind of record."""
