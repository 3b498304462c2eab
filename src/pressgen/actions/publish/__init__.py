"""The lift: scheduled, carried out at its hour, and announced."""
