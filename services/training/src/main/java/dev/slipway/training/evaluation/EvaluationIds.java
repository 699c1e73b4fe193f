package dev.slipway.training.evaluation;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The ids by which MLflow's clients know evaluation data sets and their records. */
public final class EvaluationIds {
    private static final String DATASET = "d-";
    private static final String RECORD = "dr-";
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}");

    private EvaluationIds() {}

    /** How clients know the data set. */
    public static String shown(EvaluationDatasetId id) {
        return DATASET + id;
    }

    /** How clients know the record. */
    public static String shown(EvaluationRecordId id) {
        return RECORD + id;
    }

    /** The data set that is shown so; empty for what can't be one. */
    public static Optional<EvaluationDatasetId> dataset(String shown) {
        return id(shown, DATASET, EvaluationDatasetId::new);
    }

    /** The record that is shown so; empty for what can't be one. */
    public static Optional<EvaluationRecordId> record(String shown) {
        return id(shown, RECORD, EvaluationRecordId::new);
    }

    private static <I> Optional<I> id(String shown, String prefix, Function<String, I> type) {
        return shown.startsWith(prefix)
                        && OURS.matcher(shown.substring(prefix.length())).matches()
                ? Optional.of(type.apply(shown.substring(prefix.length())))
                : Optional.empty();
    }

    /** As {@link #dataset}; {@code evaluation-dataset.unknown} for what can't be one. */
    public static EvaluationDatasetId parse(String shown) {
        return dataset(shown).orElseThrow(() -> unknown(shown));
    }

    static SlipwayException unknown(String shown) {
        return SlipwayException.notFound(
                "evaluation-dataset.unknown",
                "There is no evaluation data set with the id '"
                        + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown) + "', or it is deleted.");
    }
}
