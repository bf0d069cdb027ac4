"""Blocks of the stand-in."""
