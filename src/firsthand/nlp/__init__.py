"""Ports to language analysis and the defaults that need nothing installed."""
