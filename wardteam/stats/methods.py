"""The methods by their stable codes, with their names for people."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.stats.results import Method

STUDENT = Method("student_t", Message("Student's t-test"), "t")
WELCH = Method("welch_t", Message("Welch's t-test"), "t")
WELCH_LOG = Method("welch_t_log", Message("Welch's t-test on logarithms"), "t")
LEVENE_MEAN = Method("levene_mean", Message("Levene's test, centred on the mean (as SPSS)"), "F")
LEVENE_MEDIAN = Method("levene_median", Message("Levene's test, centred on the median (Brown-Forsythe)"), "F")
PEARSON = Method("pearson_chi2", Message("Pearson's chi-square test"), "χ²")
CORRECTED = Method("corrected_chi2", Message("chi-square test with Yates' correction"), "χ²")
FISHER = Method("fisher_exact", Message("Fisher's exact test, two-sided"))
WILSON = Method("wilson", Message("Wilson interval"))
NEWCOMBE = Method("newcombe_difference", Message("risk difference with Newcombe's interval"))
WOOLF = Method("woolf_odds_ratio", Message("odds ratio with Woolf's interval"))
NUMBER_NEEDED = Method("number_needed_to_treat", Message("number needed to treat"))
PHI = Method("phi", Message("phi coefficient"))
QUASI_POISSON = Method("quasi_poisson", Message("quasi-Poisson rate ratio"), "t")
