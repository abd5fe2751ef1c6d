"""Demand from need: what patients and calls ask of each shift, beside what the ward asks today."""
