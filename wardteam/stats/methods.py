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
PAIRED = Method("paired_t", Message("paired t-test"), "t")
MANN_WHITNEY_EXACT = Method("mann_whitney_exact", Message("Mann-Whitney test, exact"), "U")
MANN_WHITNEY_NORMAL = Method(
    "mann_whitney_normal", Message("Mann-Whitney test, normal approximation corrected for ties"), "U"
)
HODGES_LEHMANN = Method("hodges_lehmann", Message("Hodges-Lehmann shift"))
COHEN_D = Method("cohen_d", Message("Cohen's d"))
HEDGES_G = Method("hedges_g", Message("Hedges' g"))
BOOTSTRAP_MEAN = Method("bootstrap_mean", Message("bootstrap difference of means (BCa)"))
BOOTSTRAP_MEDIAN = Method("bootstrap_median", Message("bootstrap difference of medians (BCa)"))
CLUSTER_MEANS = Method("cluster_means", Message("Welch's t-test on the clusters' means"), "t")
CLUSTER_MEANS_LOG = Method(
    "cluster_means_log", Message("Welch's t-test on the clusters' mean logarithms"), "t"
)
CLUSTER_ROBUST = Method("cluster_robust", Message("regression with cluster-robust errors (CR1)"), "t")
CLUSTER_ROBUST_LOG = Method(
    "cluster_robust_log", Message("regression of logarithms with cluster-robust errors (CR1)"), "t"
)
GEE = Method("gee", Message("generalised estimating equations, exchangeable"), "z")
GEE_LOG = Method("gee_log", Message("generalised estimating equations on logarithms, exchangeable"), "z")
ANOVA = Method("anova", Message("one-way analysis of variance"), "F")
WELCH_ANOVA = Method("welch_anova", Message("Welch's analysis of variance"), "F")
KRUSKAL_WALLIS = Method("kruskal_wallis", Message("Kruskal-Wallis test"), "H")
GAMES_HOWELL = Method("games_howell", Message("Games-Howell test"), "q")
DUNN = Method("dunn", Message("Dunn's test"), "z")
ALPHA = Method("cronbach_alpha", Message("Cronbach's alpha with Feldt's interval"))

FREEMAN_HALTON = Method("fisher_freeman_halton", Message("Fisher-Freeman-Halton exact test"))
FREEMAN_HALTON_DRAWN = Method(
    "fisher_freeman_halton_drawn", Message("Fisher-Freeman-Halton test by random tables (Monte Carlo)")
)
CRAMERS_V = Method("cramers_v", Message("Cramér's V"))
MCNEMAR_EXACT = Method("mcnemar_exact", Message("McNemar's test, exact"))
MCNEMAR_CORRECTED = Method("mcnemar_corrected", Message("McNemar's test, corrected"), "χ²")
DISCORDANT_ODDS = Method(
    "discordant_odds_ratio", Message("odds ratio of the discordant pairs, exact interval")
)
MANTEL_HAENSZEL = Method(
    "mantel_haenszel_odds_ratio", Message("Mantel-Haenszel odds ratio (Robins-Breslow-Greenland interval)")
)
COCHRAN = Method("cochran_mantel_haenszel", Message("Cochran-Mantel-Haenszel test"), "χ²")
COCHRAN_CORRECTED = Method(
    "cochran_mantel_haenszel_corrected", Message("Cochran-Mantel-Haenszel test, corrected"), "χ²"
)
BRESLOW_DAY = Method("breslow_day_tarone", Message("Breslow-Day test, adjusted after Tarone"), "χ²")
KATZ = Method("katz_risk_ratio", Message("risk ratio with Katz' interval"))
STANDARDISED = Method("standardised_difference", Message("standardised mean difference"))
POISSON = Method("poisson", Message("Poisson rate ratio"), "z")
NEGATIVE_BINOMIAL = Method("negative_binomial", Message("negative binomial rate ratio"), "z")
POISSON_EXACT = Method("poisson_exact", Message("exact conditional test of two Poisson rates"))
RATE_DIFFERENCE = Method("quasi_poisson_difference", Message("quasi-Poisson rate difference"), "t")
SEGMENTED_POISSON = Method("segmented_poisson", Message("segmented Poisson regression"), "z")
SEGMENTED_QUASI = Method("segmented_quasi_poisson", Message("segmented quasi-Poisson regression"), "t")
SEGMENTED_LINEAR = Method("segmented_linear", Message("segmented linear regression"), "t")
SEGMENTED_GLSAR = Method(
    "segmented_glsar", Message("segmented regression with first-order autoregressive errors"), "t"
)
SEGMENTED_ARIMA = Method("segmented_arima", Message("segmented regression with ARIMA errors"), "z")
SEGMENTED_NEWEY_WEST = Method(
    "segmented_newey_west", Message("segmented linear regression with Newey-West errors"), "t"
)
