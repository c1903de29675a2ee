"""Flows and loops: what is read from moments and the flows between them, and what is kept of it."""
