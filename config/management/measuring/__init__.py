"""Measuring what crosses all houses: open pages and the news they hear."""
