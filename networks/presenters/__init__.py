"""How well, in words: the board for people and for programs."""
