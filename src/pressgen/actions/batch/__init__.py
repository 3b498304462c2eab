"""Making shared out over many machines: parcels of releases go out by a depot and the engine, made files come back."""
