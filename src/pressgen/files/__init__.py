"""Files of the machine: who may read what is written, and what a path within a folder may lead to."""
