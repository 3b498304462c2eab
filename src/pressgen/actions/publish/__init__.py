"""The lift: set to its hour, kept by the engine, done, and announced."""
