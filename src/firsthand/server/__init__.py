"""The local web server: screens, their machine-readable twins, and the captured bytes."""
