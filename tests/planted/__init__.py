"""Faults that the tests must notice, and the command that plants them to see that they do."""
