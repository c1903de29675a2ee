"""A release of a space's evaluation, and the formats it is handed over in.

`release` says what may be seen; the other modules print it. None of them reads the database, and
none of them knows anything that the release does not hold.
"""
