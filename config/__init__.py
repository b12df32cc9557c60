"""The roof. Empty on purpose: `./dev` imports config.dev before anything is installed."""
