"""A whole space as one file, in and out; it carries all four apps, so it stands on top of them."""
