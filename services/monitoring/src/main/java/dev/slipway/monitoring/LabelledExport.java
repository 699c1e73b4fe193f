package dev.slipway.monitoring;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.samples.SampleFiles;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Writes all predictions whose true labels have arrived to one artifact, holding one batch in memory at a time. */
@Singleton
final class LabelledExport {
    private static final int PAGE = 100;

    private final Entities entities;
    private final PredictionFiles predictions;
    private final SampleFiles samples;

    LabelledExport(Entities entities, PredictionFiles predictions, SampleFiles samples) {
        this.entities = entities;
        this.predictions = predictions;
        this.samples = samples;
    }

    SampleFile export(MonitorId monitor) {
        entities.get(MonitoringKinds.MONITOR, monitor);
        return samples.write(new Labelled(monitor));
    }

    /** The labelled samples of a monitor in the order of logging. */
    private final class Labelled implements Iterator<LabelledSample> {
        private final MonitorId monitor;
        private final Queue<LabelledSample> loaded = new ArrayDeque<>();
        private Page<Entity<PredictionBatchId, StoredBatch>> page;
        private Iterator<Entity<PredictionBatchId, StoredBatch>> batches;

        private Labelled(MonitorId monitor) {
            this.monitor = monitor;
            this.page = page(monitor, null);
            this.batches = page.items().iterator();
        }

        @Override
        public boolean hasNext() {
            while (loaded.isEmpty()) {
                if (batches.hasNext()) {
                    load(batches.next().body().batch());
                } else if (page.next().isPresent()) {
                    page = page(monitor, page.next().get());
                    batches = page.items().iterator();
                } else {
                    return false;
                }
            }
            return true;
        }

        @Override
        public LabelledSample next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return loaded.remove();
        }

        private void load(PredictionBatch batch) {
            Map<String, String> labels = predictions.readLabels(batch.labels());
            if (labels.isEmpty()) {
                return;
            }
            predictions.read(batch.predictions(), prediction -> {
                String label = labels.get(prediction.key());
                if (label != null) {
                    loaded.add(new LabelledSample(prediction.key(), prediction.sample(), label));
                }
            });
        }
    }

    private Page<Entity<PredictionBatchId, StoredBatch>> page(MonitorId monitor, @Nullable String cursor) {
        return entities.query(
                MonitoringKinds.BATCH,
                MonitoringKinds.BY_MONITOR,
                List.of(IndexValue.of(monitor)),
                false,
                PAGE,
                cursor);
    }
}
