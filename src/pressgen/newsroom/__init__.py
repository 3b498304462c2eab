"""The newsroom: a static site, its feeds and its forms for machines, made from releases that are public."""
