"""Stories, moments, flows and lists as one reader may read them."""
