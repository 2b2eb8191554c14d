"""Runs stages over a project: what changed, who works on it, what is replaced."""
