"""Stage package: segment."""
