package dev.slipway.monitoring;

import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Collects the next window of predictions to judge, bounded in batches and in memory. */
@Singleton
final class WindowReader {
    private static final int PAGE = 500;

    /** About 64 MB of samples; a window with enough predictions ends when it has more. */
    private static final long MAX_VALUES = 16_000_000;

    private static final int MAX_SAMPLES = 100_000;

    private final Entities entities;
    private final PredictionFiles files;

    WindowReader(Entities entities, PredictionFiles files) {
        this.entities = entities;
        this.files = files;
    }

    /** The oldest predictions not yet judged, at least {@code minimum} if there are as many. */
    Window next(MonitorId monitor, Baseline baseline, int minimum) {
        Collector collector = new Collector(baseline);
        Optional<String> cursor = Optional.empty();
        do {
            Page<Entity<PredictionBatchId, StoredBatch>> page = entities.query(
                    MonitoringKinds.BATCH,
                    MonitoringKinds.UNJUDGED,
                    List.of(IndexValue.of(monitor)),
                    false,
                    PAGE,
                    cursor.orElse(null));
            for (Entity<PredictionBatchId, StoredBatch> batch : page.items()) {
                if (collector.isFull(minimum)) {
                    return collector.window();
                }
                collector.add(batch);
            }
            cursor = page.next();
        } while (cursor.isPresent());
        return collector.window();
    }

    private final class Collector {
        private final Baseline baseline;
        private final List<Entity<PredictionBatchId, StoredBatch>> batches = new ArrayList<>();
        private final List<float[]> samples = new ArrayList<>();
        private final long[] classCounts;
        private int passedOver;

        private Collector(Baseline baseline) {
            this.baseline = baseline;
            this.classCounts = new long[baseline.classes().size() + 1];
        }

        private void add(Entity<PredictionBatchId, StoredBatch> batch) {
            batches.add(batch);
            PredictionBatch predictions = batch.body().batch();
            files.read(predictions.predictions(), prediction -> {
                if (prediction.sample().shape().equals(baseline.sampleShape())) {
                    samples.add(prediction.sample().toTensor().values());
                    int index = baseline.classes().indexOf(prediction.label());
                    classCounts[index < 0 ? classCounts.length - 1 : index]++;
                } else {
                    passedOver++;
                }
            });
        }

        private boolean isFull(int minimum) {
            long values = samples.isEmpty() ? 0 : (long) samples.size() * samples.get(0).length;
            boolean large = values >= MAX_VALUES || samples.size() >= MAX_SAMPLES;
            return batches.size() == Window.MAX_BATCHES || (large && samples.size() >= minimum);
        }

        private Window window() {
            return new Window(
                    batches, samples, LongStream.of(classCounts).boxed().toList(), passedOver);
        }
    }
}
