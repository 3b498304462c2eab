"""Sign-off: submit, clear, approve; each binds a person to exact bytes."""
