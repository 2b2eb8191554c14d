"""Stage package: trace."""
