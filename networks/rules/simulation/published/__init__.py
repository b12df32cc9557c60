"""Published models, lived by the same engine, streams and intervals: a check of the simulator."""
