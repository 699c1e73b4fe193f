package dev.slipway.monitoring;

import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.SlipwayException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses predictions that the model can't have made. */
final class PredictionCheck {
    /** About 50 MB as JSON. */
    private static final long MAX_VALUES = 4_000_000;

    private PredictionCheck() {}

    static void check(List<LoggedPrediction> predictions, ModelVersion version) {
        Set<String> keys = new HashSet<>();
        long values = 0;
        for (LoggedPrediction prediction : predictions) {
            checkOne(prediction, version);
            if (!keys.add(prediction.key())) {
                throw SlipwayException.invalid(
                        "monitoring.key", "The key '" + prediction.key() + "' stands twice in the request.");
            }
            values += prediction.sample().values().size();
        }
        if (values > MAX_VALUES) {
            throw SlipwayException.tooLarge(
                    "monitoring.too-many-values",
                    "The request's samples hold " + values + " values; send at most " + MAX_VALUES + " at once.");
        }
    }

    private static void checkOne(LoggedPrediction prediction, ModelVersion version) {
        Limits.checkPresent("A prediction", prediction);
        Limits.checkPresent("A prediction", prediction.sample(), prediction.label());
        Limits.checkText("monitoring.key", "A prediction's key", prediction.key());
        String where = "Prediction '" + prediction.key() + "': ";
        if (!prediction.sample().shape().equals(version.inputShape())) {
            throw SlipwayException.invalid(
                    "monitoring.sample-shape",
                    where + "its sample has shape " + prediction.sample().shape() + ", but the model takes "
                            + version.inputShape() + ".");
        }
        if (!prediction.sample().values().stream().allMatch(value -> Float.isFinite(value))) {
            throw SlipwayException.invalid(
                    "monitoring.not-finite", where + "its sample holds NaN or an infinity; send finite numbers.");
        }
        checkLabel(where, prediction.label(), version);
        // Written so that NaN fails too.
        if (!(prediction.probability() >= 0 && prediction.probability() <= 1)) {
            throw SlipwayException.invalid(
                    "monitoring.probability",
                    where + "its probability is " + prediction.probability() + "; it is 0 to 1.");
        }
        if (prediction.timestamp() < 0) {
            throw SlipwayException.invalid(
                    "monitoring.timestamp",
                    where + "its timestamp is " + prediction.timestamp() + "; send UTC milliseconds.");
        }
    }

    /** A label is one of the model's classes. */
    static void checkLabel(String where, String label, ModelVersion version) {
        if (!version.classes().contains(label)) {
            throw SlipwayException.invalid(
                    "monitoring.unknown-label",
                    where + "'" + label + "' is none of the model's classes " + version.classes() + ".");
        }
    }
}
