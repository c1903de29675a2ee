"""Rows of a space from the records of its file, and the records again from the rows."""
