"""The second listener: the questionnaire by one-time code and live calls by token, and nothing else."""
