package dev.slipway.monitoring.drift;

import dev.slipway.api.monitoring.DriftPolicy;
import dev.slipway.api.monitoring.FeatureDrift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Compares predictions with a baseline, feature by feature and by the predicted class. */
public final class DriftJudge {
    /** The index that stands for the predicted class. */
    private static final int PREDICTED_CLASS = -1;

    private static final int PARTS = 10;
    private static final int WORST = 20;

    private final DriftPolicy policy;

    public DriftJudge(DriftPolicy policy) {
        this.policy = policy;
    }

    /** Compares samples and classes; both have the same number of features, and the same classes in the same order. */
    public Verdict judge(Observations baseline, Observations predictions) {
        int features = baseline.features();
        // Bonferroni's correction: of many tests some pass any threshold by chance.
        double pValue = policy.ksPValue() / features;
        List<FeatureDrift> all = new ArrayList<>(features);
        for (int feature = 0; feature < features; feature++) {
            all.add(compare(feature, baseline.sortedFeature(feature), predictions.sortedFeature(feature), pValue));
        }
        double share = all.stream().filter(FeatureDrift::drifted).count() / (double) features;
        FeatureDrift prediction = compareClasses(baseline.classCounts(), predictions.classCounts());
        return new Verdict(
                features,
                share,
                all.stream().mapToDouble(FeatureDrift::psi).max().orElse(0),
                all.stream().mapToDouble(FeatureDrift::ks).max().orElse(0),
                all.stream()
                        .sorted(Comparator.comparingDouble(FeatureDrift::psi).reversed())
                        .limit(WORST)
                        .toList(),
                prediction,
                prediction.drifted() || (share > 0 && share >= policy.featureShare()));
    }

    private FeatureDrift compare(int feature, double[] baseline, double[] predictions, double pValue) {
        QuantileBins bins = QuantileBins.of(baseline, PARTS);
        double psi = PopulationStabilityIndex.of(bins.count(baseline), bins.count(predictions));
        KolmogorovSmirnov test = KolmogorovSmirnov.of(baseline, predictions);
        boolean drifted = psi > policy.psiThreshold() && test.pValue() < pValue;
        return new FeatureDrift(feature, psi, test.statistic(), test.pValue(), drifted);
    }

    private FeatureDrift compareClasses(List<Long> baseline, List<Long> predictions) {
        double psi = PopulationStabilityIndex.of(baseline, predictions);
        return new FeatureDrift(PREDICTED_CLASS, psi, 0, 1, psi > policy.psiThreshold());
    }

    /**
     * Samples and the classes they were given.
     *
     * @param samples at least one, each with one value per feature
     * @param classCounts how many samples there are of each class
     */
    public record Observations(List<float[]> samples, List<Long> classCounts) {
        public Observations {
            samples = List.copyOf(samples);
            classCounts = List.copyOf(classCounts);
        }

        int features() {
            return samples.get(0).length;
        }

        double[] sortedFeature(int feature) {
            double[] column = new double[samples.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = samples.get(i)[feature];
            }
            Arrays.sort(column);
            return column;
        }
    }
}
