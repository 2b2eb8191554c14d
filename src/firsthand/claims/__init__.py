"""Stage package: claims."""
