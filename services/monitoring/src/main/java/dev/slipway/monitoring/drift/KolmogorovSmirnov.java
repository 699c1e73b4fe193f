package dev.slipway.monitoring.drift;

/**
 * The two-sample test of Kolmogorov and Smirnov: whether two samples may come from one distribution.
 *
 * <p>Sources: N. Smirnov, Table for Estimating the Goodness of Fit of Empirical Distributions, 1948; both series of the
 * limiting distribution as in W. H. Press et al., Numerical Recipes, 3rd edition, section 6.14.12.
 *
 * @param statistic the greatest distance between the two empirical distribution functions, 0 to 1
 * @param pValue the asymptotic probability of a distance at least as great when both come from one continuous
 *     distribution, 0 to 1; with ties the true probability is smaller, so the test errs on the side of no drift
 */
public record KolmogorovSmirnov(double statistic, double pValue) {
    /** Below it the theta series converges faster, above it the alternating one; either needs a few terms only. */
    private static final double CROSSOVER = 1.18;

    private static final int TERMS = 20;

    /** Tests two samples of at least one value each, both sorted ascending and without NaN. */
    public static KolmogorovSmirnov of(double[] first, double[] second) {
        if (first.length == 0 || second.length == 0) {
            throw new IllegalArgumentException("both samples need at least one value");
        }
        double statistic = statistic(first, second);
        double scale = Math.sqrt((double) first.length * second.length / (first.length + (double) second.length));
        return new KolmogorovSmirnov(statistic, exceedance(statistic * scale));
    }

    private static double statistic(double[] first, double[] second) {
        int i = 0;
        int j = 0;
        // In units of 1 / (n · m), so that equal samples are at distance 0 exactly.
        long greatest = 0;
        while (i < first.length && j < second.length) {
            double value = Math.min(first[i], second[j]);
            while (i < first.length && first[i] <= value) {
                i++;
            }
            while (j < second.length && second[j] <= value) {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((long) i * second.length - (long) j * first.length));
        }
        return greatest / ((double) first.length * second.length);
    }

    /** The probability that Kolmogorov's limiting distribution exceeds {@code x}. */
    static double exceedance(double x) {
        if (x <= 0) {
            return 1;
        }
        double sum = 0;
        if (x < CROSSOVER) {
            for (int term = 1; term <= TERMS; term++) {
                double odd = 2.0 * term - 1;
                sum += Math.exp(-odd * odd * Math.PI * Math.PI / (8 * x * x));
            }
            return clamp(1 - Math.sqrt(2 * Math.PI) / x * sum);
        }
        for (int term = 1; term <= TERMS; term++) {
            sum += (term % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * term * term * x * x);
        }
        return clamp(sum);
    }

    private static double clamp(double probability) {
        return Math.min(1, Math.max(0, probability));
    }
}
