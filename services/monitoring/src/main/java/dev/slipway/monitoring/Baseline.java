package dev.slipway.monitoring;

import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import java.util.List;

/**
 * What predictions are compared with: the training split of the model in production.
 *
 * @param classes the labels, in the order of class indexes
 * @param classCounts how many training samples there are of each class, in the order of the classes, then 0 for any other
 */
record Baseline(
        ModelVersionId modelVersion,
        DatasetVersionId datasetVersion,
        List<Integer> sampleShape,
        List<float[]> samples,
        List<String> classes,
        List<Long> classCounts) {
    Baseline {
        sampleShape = List.copyOf(sampleShape);
        samples = List.copyOf(samples);
        classes = List.copyOf(classes);
        classCounts = List.copyOf(classCounts);
    }
}
