package dev.slipway.training.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.kernel.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a network with Adam on cross entropy, and keeps the weights of the epoch with the least validation loss. */
final class Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
    private static final int BATCHES_PER_REPORT = 50;

    private final Engine engine;
    private final NetworkPlan plan;
    private final Hyperparameters settings;

    Trainer(Engine engine, NetworkPlan plan, Hyperparameters settings) {
        this.engine = engine;
        this.plan = plan;
        this.settings = settings;
    }

    /**
     * Trains on normalised samples.
     *
     * @throws InterruptedException when the thread is interrupted between two batches
     */
    TrainedNetwork train(LabelledTensor training, LabelledTensor validation, TrainingWatcher watcher)
            throws InterruptedException {
        DjlNetwork network = new DjlNetwork(plan, settings.seed());
        if (plan.draws()) {
            engine.setRandomSeed((int) settings.seed());
        }
        try (Model model = Model.newInstance("network", Device.cpu(), engine.getEngineName())) {
            model.setBlock(network.block());
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(settings.learningRate()))
                            .build())
                    .optDevices(new Device[] {Device.cpu()});
            try (ai.djl.training.Trainer djl = model.newTrainer(config)) {
                djl.initialize(shape(1));
                return epochs(djl, network, training, validation, watcher);
            }
        }
    }

    private TrainedNetwork epochs(
            ai.djl.training.Trainer djl,
            DjlNetwork network,
            LabelledTensor training,
            LabelledTensor validation,
            TrainingWatcher watcher)
            throws InterruptedException {
        Random random = new Random(settings.seed());
        TrainedNetwork best = null;
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            Score trained = epoch(djl, training, shuffled(training.count(), random), epoch, watcher);
            Tensor logits = logits(djl, validation);
            Score validated = Score.of(logits, validation.labels());
            EpochResult result =
                    new EpochResult(epoch, trained.loss(), trained.accuracy(), validated.loss(), validated.accuracy());
            watcher.finished(result);
            if (best == null || result.betterThan(best.best())) {
                best = new TrainedNetwork(result, network.weights(), Score.softmax(logits));
            }
        }
        return best;
    }

    private Score epoch(
            ai.djl.training.Trainer djl, LabelledTensor training, int[] order, int epoch, TrainingWatcher watcher)
            throws InterruptedException {
        int batches = (order.length + settings.batchSize() - 1) / settings.batchSize();
        Score total = Score.NONE;
        for (int batch = 0; batch < batches; batch++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("training was stopped in epoch " + epoch);
            }
            int from = batch * settings.batchSize();
            int to = Math.min(order.length, from + settings.batchSize());
            total = total.plus(learn(djl, training.pick(order, from, to)));
            if (batch % BATCHES_PER_REPORT == 0) {
                double done = (epoch - 1 + (double) batch / batches) / settings.epochs();
                watcher.advanced(done, "epoch " + epoch + " of " + settings.epochs());
            }
        }
        return total;
    }

    /** One step of the optimiser; the score is that of the weights before it. */
    private Score learn(ai.djl.training.Trainer djl, LabelledTensor batch) {
        try (NDManager manager = djl.getManager().newSubManager()) {
            NDArray samples = manager.create(batch.samples().values(), shape(batch.count()));
            float[] indexes = new float[batch.count()];
            for (int i = 0; i < indexes.length; i++) {
                indexes[i] = batch.labels()[i];
            }
            NDArray labels = manager.create(indexes);
            NDList logits;
            // The engine collects gradients for one trainer of the process at a time, and clears those of all others.
            synchronized (engine) {
                try (GradientCollector gradients = djl.newGradientCollector()) {
                    logits = djl.forward(new NDList(samples));
                    gradients.backward(djl.getLoss().evaluate(new NDList(labels), logits));
                }
                step(djl);
            }
            return Score.of(tensor(logits.singletonOrThrow()), batch.labels());
        }
    }

    /**
     * Before its first step DJL takes gradients that add up to exactly zero for ones that were never collected. Those of a
     * softmax do cancel each other, and now and then exactly; the batch is then passed over.
     */
    private static void step(ai.djl.training.Trainer djl) {
        try {
            djl.step();
        } catch (IllegalStateException e) {
            LOG.debug("a first batch was passed over", e);
        }
    }

    private Tensor logits(ai.djl.training.Trainer djl, LabelledTensor data) {
        float[] logits = new float[data.count() * plan.classes()];
        int[] order = IntStream.range(0, data.count()).toArray();
        for (int from = 0; from < data.count(); from += settings.batchSize()) {
            int to = Math.min(data.count(), from + settings.batchSize());
            try (NDManager manager = djl.getManager().newSubManager()) {
                NDArray samples =
                        manager.create(data.pick(order, from, to).samples().values(), shape(to - from));
                NDArray part = djl.evaluate(new NDList(samples)).singletonOrThrow();
                System.arraycopy(part.toFloatArray(), 0, logits, from * plan.classes(), (to - from) * plan.classes());
            }
        }
        return new Tensor(List.of(data.count(), plan.classes()), logits);
    }

    private Tensor tensor(NDArray logits) {
        float[] values = logits.toFloatArray();
        return new Tensor(List.of(values.length / plan.classes(), plan.classes()), values);
    }

    private Shape shape(int count) {
        long[] lengths = new long[plan.inputShape().size() + 1];
        lengths[0] = count;
        for (int i = 1; i < lengths.length; i++) {
            lengths[i] = plan.inputShape().get(i - 1);
        }
        return new Shape(lengths);
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
