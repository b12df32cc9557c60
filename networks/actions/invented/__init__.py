"""Invented people, teams and rotas, for training only. The same seed makes the same locality."""
