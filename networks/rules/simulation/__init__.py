"""A synthetic network lives the same days under several policies: the outcome tables.

    from networks.rules.simulation.experiments import Experiment, lived

Nothing here draws a number or reads a clock: `chance.Streams` and the solver are passed in, so
one seed gives one table. Every figure that is assumed stands in `assumptions`, with its source.
"""
