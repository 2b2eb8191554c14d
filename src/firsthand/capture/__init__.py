"""Stage package: capture."""
