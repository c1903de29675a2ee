"""Everything of one person's, gathered from all their spaces and printed as pages and as data."""
