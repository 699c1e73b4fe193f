package dev.slipway.training.evaluation;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Facet;
import dev.slipway.training.Names;
import dev.slipway.training.experiment.Experiments;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes, changes and deletes evaluation data sets; {@link EvaluationRecords} fills them. */
@Singleton
public final class EvaluationDatasets {
    private static final int MAX_NAME = 255;
    private static final int MAX_EXPERIMENTS = 1000;
    private static final int MAX_TAGS = 200;
    private static final int MAX_TAG = 5000;

    private final DatasetWriter writer;
    private final Entities entities;
    private final Experiments experiments;
    private final RemovedRecords removed;
    private final InstantSource clock;

    EvaluationDatasets(
            DatasetWriter writer,
            Entities entities,
            Experiments experiments,
            RemovedRecords removed,
            InstantSource clock) {
        this.writer = writer;
        this.entities = entities;
        this.experiments = experiments;
        this.removed = removed;
        this.clock = clock;
    }

    /**
     * Makes one; the tag {@code mlflow.user} tells whose it is.
     *
     * @throws SlipwayException {@code dataset.name}; {@code experiment.unknown}; {@code evaluation-dataset.tag}; {@code
     *     evaluation-dataset.too-many}
     */
    public Entity<EvaluationDatasetId, EvaluationDataset> create(
            String name, List<ExperimentId> theirs, Map<String, String> tags) {
        Names.check("dataset", name, MAX_NAME);
        List<ExperimentId> distinct = joined(List.of(), theirs);
        Map<String, String> all = joined(Map.of(), tags);
        return writer.create(now -> EvaluationDataset.of(name, distinct, all, all.get(SentRecord.USER), now));
    }

    private List<ExperimentId> joined(List<ExperimentId> known, List<ExperimentId> more) {
        Set<ExperimentId> all = new LinkedHashSet<>(known);
        all.addAll(more);
        if (all.size() > MAX_EXPERIMENTS) {
            throw SlipwayException.tooLarge(
                    "evaluation-dataset.too-many",
                    "An evaluation data set belongs to at most " + MAX_EXPERIMENTS + " experiments, not to "
                            + all.size() + ".");
        }
        List<ExperimentId> asked = more.stream().distinct().toList();
        Set<ExperimentId> there = new LinkedHashSet<>();
        experiments.getAll(asked).forEach(experiment -> there.add(experiment.id()));
        asked.stream().filter(id -> !there.contains(id)).findFirst().ifPresent(experiments::get);
        return List.copyOf(all);
    }

    private static Map<String, String> joined(Map<String, String> known, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(known);
        more.forEach((key, value) -> {
            boolean right = !key.isBlank()
                    && key.length() <= Facet.MAX_KEY
                    && key.chars().noneMatch(Character::isISOControl)
                    && value.length() <= MAX_TAG;
            if (!right) {
                throw SlipwayException.invalid(
                        "evaluation-dataset.tag",
                        "The key of a tag has 1 to " + Facet.MAX_KEY + " characters and no control characters, its"
                                + " value at most " + MAX_TAG + " characters.");
            }
            all.put(key, value);
        });
        if (all.size() > MAX_TAGS) {
            throw SlipwayException.tooLarge(
                    "evaluation-dataset.too-many",
                    "An evaluation data set has at most " + MAX_TAGS + " tags, not " + all.size() + ".");
        }
        return all;
    }

    /** One that is not deleted, or {@code evaluation-dataset.unknown}. */
    public Entity<EvaluationDatasetId, EvaluationDataset> get(EvaluationDatasetId id) {
        return find(id).orElseThrow(() -> EvaluationIds.unknown(EvaluationIds.shown(id)));
    }

    /** One that is not deleted. */
    public Optional<Entity<EvaluationDatasetId, EvaluationDataset>> find(EvaluationDatasetId id) {
        return writer.find(id);
    }

    /** Those of at most 1000 that exist, be they deleted, in the order asked for. */
    List<Entity<EvaluationDatasetId, EvaluationDataset>> getAll(List<EvaluationDatasetId> ids) {
        return entities.getAll(EvaluationKinds.DATASET, ids);
    }

    /** Sets tags and removes others. */
    public void tag(EvaluationDatasetId id, Map<String, String> tags, Collection<String> without) {
        writer.write(id, (known, change) -> {
            Map<String, String> left = new TreeMap<>(known.body().tags());
            left.keySet().removeAll(without);
            return known.body().withTags(joined(left, tags));
        });
    }

    /** Lets it belong to more experiments; {@code experiment.unknown}. */
    public Entity<EvaluationDatasetId, EvaluationDataset> add(EvaluationDatasetId id, List<ExperimentId> more) {
        return writer.write(
                id, (known, change) -> moved(known.body(), joined(known.body().experiments(), more)));
    }

    /** Lets it no longer belong to those of the experiments that it belongs to. */
    public Entity<EvaluationDatasetId, EvaluationDataset> remove(EvaluationDatasetId id, List<ExperimentId> some) {
        return writer.write(id, (known, change) -> {
            List<ExperimentId> left = known.body().experiments().stream()
                    .filter(experiment -> !some.contains(experiment))
                    .toList();
            return moved(known.body(), left);
        });
    }

    private EvaluationDataset moved(EvaluationDataset dataset, List<ExperimentId> all) {
        return dataset.experiments().equals(all) ? dataset : dataset.withExperiments(all, dataset.next(clock.millis()));
    }

    /** Deletes one with all of its records, if it is there. */
    public void delete(EvaluationDatasetId id) {
        if (find(id).isPresent()) {
            writer.write(id, (known, change) -> known.body().erased(known.body().records(), clock.millis()));
            removed.clear();
        }
    }
}
