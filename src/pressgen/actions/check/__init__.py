"""Checks: releases against the rules, built files against their releases."""
