"""Totals of a space per audience: what each change adds, how it is folded, how it is read."""
