"""Stage package: extract."""
