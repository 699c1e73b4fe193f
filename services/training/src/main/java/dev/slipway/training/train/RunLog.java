package dev.slipway.training.train;

import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.metric.RunLogging;
import java.time.InstantSource;
import java.util.List;

/** Logs a training to its run as a user's script would: the params once, then the metrics of each epoch. */
final class RunLog {
    static final String TRAIN_LOSS = "train_loss";
    static final String TEST_ACCURACY = "test_accuracy";

    private final RunLogging metrics;
    private final InstantSource clock;
    private final RunId run;

    RunLog(RunLogging metrics, InstantSource clock, RunId run) {
        this.metrics = metrics;
        this.clock = clock;
        this.run = run;
    }

    void params(StartTraining request) {
        Hyperparameters settings = request.hyperparameters();
        String network = request.network().toString();
        metrics.log(
                run,
                new LogBatch(
                        List.of(),
                        List.of(
                                new Param("epochs", String.valueOf(settings.epochs())),
                                new Param("batch_size", String.valueOf(settings.batchSize())),
                                new Param("learning_rate", String.valueOf(settings.learningRate())),
                                new Param("seed", String.valueOf(settings.seed())),
                                new Param("optimizer", "adam"),
                                new Param(
                                        "dataset_version",
                                        request.datasetVersion().value()),
                                new Param(
                                        "network",
                                        network.substring(0, Math.min(network.length(), LogLimits.PARAM_VALUE)))),
                        List.of()));
    }

    void epoch(EpochResult result) {
        log(
                metric(TRAIN_LOSS, result.trainLoss(), result.epoch()),
                metric("train_accuracy", result.trainAccuracy(), result.epoch()),
                metric("validation_loss", result.validationLoss(), result.epoch()),
                metric("validation_accuracy", result.validationAccuracy(), result.epoch()));
    }

    /** The accuracy of the model that is kept, at the epoch it is from. */
    void test(double accuracy, int epoch) {
        log(metric(TEST_ACCURACY, accuracy, epoch));
    }

    private void log(Metric... values) {
        metrics.log(run, new LogBatch(List.of(values), List.of(), List.of()));
    }

    private Metric metric(String key, double value, int epoch) {
        return new Metric(key, value, clock.millis(), epoch);
    }
}
