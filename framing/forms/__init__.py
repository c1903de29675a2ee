"""The forms of the framing's pages."""
