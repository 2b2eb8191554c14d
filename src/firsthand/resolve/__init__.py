"""Stage package: resolve."""
