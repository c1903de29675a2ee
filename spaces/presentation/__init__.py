"""What one reader may know of names, words and days, whatever the record they stand in."""
