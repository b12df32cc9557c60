"""The NHS.UK components as plain functions: keyword-only arguments in, safe HTML out.

Each one gives the markup of its official fixtures (see docs/COMPONENTS.md). Text is escaped;
only a SafeString is taken as HTML.
"""
