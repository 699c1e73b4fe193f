package dev.slipway.training.train;

import ai.djl.engine.Engine;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.training.host.Surroundings;
import dev.slipway.training.host.SystemMonitor;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Carries out, in a process of its own, one training that a server has asked for, and reports to that server alone. */
public final class TrainingWorker {
    private final WorkerSettings settings;
    private final TrainingServer server;
    private final String version;
    private final Consumer<String> output;

    /**
     * @param version of Slipway, for the record
     * @param output takes the lines of the log
     */
    public TrainingWorker(WorkerSettings settings, String version, Consumer<String> output) {
        this.settings = settings;
        this.server = new TrainingServer(settings, output);
        this.version = version;
        this.output = output;
    }

    /** Returns when the model is among the run's artifacts and its accuracy among the metrics. */
    public void run() throws InterruptedException {
        TrainingWork work = server.work();
        output.accept("training run " + settings.run() + " for " + settings.server());
        NetworkPlan plan = NetworkPlan.of(work.network(), work.sampleShape(), work.classes());
        Engine engine = new PyTorch().engine();
        server.put(
                work.artifacts() + "/" + Provenance.ENVIRONMENT,
                TrainingServer.json(Surroundings.ofWorker(version).environment(engine)));
        RunLog log = new RunLog(server, InstantSource.system(), settings.run());
        CheckedModel model = SystemMonitor.ofWorker(server).during(settings.run(), () -> new NetworkTraining()
                .train(engine, data(work), plan, work.hyperparameters(), report(log)));
        server.put(work.artifacts() + "/" + ModelFiles.ONNX_PATH, model.onnx());
        log.test(model.testAccuracy(), model.epoch());
    }

    private TrainingData data(TrainingWork work) {
        return new TrainingData() {
            @Override
            public Statistics statistics() {
                return work.statistics();
            }

            @Override
            public LabelledTensor split(SplitName name) {
                return LabelledTensor.of(
                        server.data(name, "samples"), server.data(name, "labels"), work.sampleShape(), work.classes());
            }
        };
    }

    private TrainingReport report(RunLog log) {
        return new TrainingReport() {
            @Override
            public void progress(double fraction, String message) {
                // The server sees how far it is by the metrics of the epochs.
            }

            @Override
            public void epoch(EpochResult result) {
                log.epoch(result);
            }

            @Override
            public void log(String line) {
                output.accept(line);
            }
        };
    }
}
