"""Whole days in which people do whatever people do, and a watch that nobody is lost in them."""
