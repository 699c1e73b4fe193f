package dev.slipway.training.train;

import ai.djl.engine.Engine;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.kernel.SlipwayException;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Trains a network, and checks the exported model. One in a process. */
@Singleton
final class NetworkTraining {
    /** What is left for the export once all epochs are done. */
    static final double TRAINING_SHARE = 0.95;

    private final ReentrantLock drawing = new ReentrantLock();

    CheckedModel train(
            Engine engine, TrainingData data, NetworkPlan plan, Hyperparameters settings, TrainingReport report)
            throws InterruptedException {
        Normalisation normalisation = Normalisation.of(data.statistics());
        LabelledTensor validation = data.split(SplitName.VALIDATION);
        LabelledTensor samples = data.split(SplitName.TRAIN).normalised(normalisation);
        Trainer trainer = new Trainer(engine, plan, settings);
        TrainedNetwork trained = alone(
                plan.draws(), () -> trainer.train(samples, validation.normalised(normalisation), watcher(report)));
        if (!Double.isFinite(trained.best().validationLoss())) {
            throw SlipwayException.invalid(
                    "training.diverged",
                    "The network's weights grew without bound, as its loss is no number; lower the learning rate of "
                            + settings.learningRate() + ".");
        }

        report.progress(TRAINING_SHARE, "checking the exported model");
        byte[] onnx = OnnxExport.write(plan, normalisation, trained.weights());
        Score tested;
        try (ExportCheck check = new ExportCheck(onnx)) {
            float difference = check.compare(validation.samples(), trained.validationProbabilities());
            tested = check.score(data.split(SplitName.TEST));
            report.log(String.format(
                    Locale.ROOT,
                    "ONNX model of %d bytes, within %.1e of the trained network; test accuracy %.4f",
                    onnx.length,
                    difference,
                    tested.accuracy()));
        }
        return new CheckedModel(onnx, tested.accuracy(), trained.best().epoch());
    }

    /** Of those that draw from the process's random state one at a time, so that the seed decides what they draw. */
    private TrainedNetwork alone(boolean draws, Work work) throws InterruptedException {
        if (!draws) {
            return work.carryOut();
        }
        drawing.lockInterruptibly();
        try {
            return work.carryOut();
        } finally {
            drawing.unlock();
        }
    }

    @FunctionalInterface
    private interface Work {
        TrainedNetwork carryOut() throws InterruptedException;
    }

    private static TrainingWatcher watcher(TrainingReport report) {
        return new TrainingWatcher() {
            @Override
            public void advanced(double fraction, String message) {
                report.progress(fraction * TRAINING_SHARE, message);
            }

            @Override
            public void finished(EpochResult epoch) {
                report.epoch(epoch);
                report.log(String.format(
                        Locale.ROOT,
                        "epoch %d: train loss %.4f accuracy %.4f, validation loss %.4f accuracy %.4f",
                        epoch.epoch(),
                        epoch.trainLoss(),
                        epoch.trainAccuracy(),
                        epoch.validationLoss(),
                        epoch.validationAccuracy()));
            }
        };
    }
}
