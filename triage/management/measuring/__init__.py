"""Measuring the house on a throw-away database: made localities, callers, a floor, CPU."""
