"""What stories are found by: written for each kind of reader, read through the consent policy."""
