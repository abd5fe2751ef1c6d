"""Background runs: a job's row is the truth, with lease, progress, cancelling; Huey carries only its code."""
