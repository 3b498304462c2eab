"""Checking: releases against the rules, made files against the releases that they come from."""
