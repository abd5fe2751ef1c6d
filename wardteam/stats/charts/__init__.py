"""Run charts, control charts and funnel plots: the arithmetic and its verdicts, nothing drawn."""
