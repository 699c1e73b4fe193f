package dev.slipway.training.loggeddataset;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedDatasetId;
import dev.slipway.mlflow.search.Criterion;
import dev.slipway.mlflow.search.DatasetConditions;
import dev.slipway.mlflow.search.TextCriteria;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.IndexValue;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Knows the data sets that the runs of experiments used, the newest thousand of them. */
@Singleton
public final class ExperimentDatasets {
    private static final int MAX = FacetQuery.MAX_VALUES;

    private final Entities entities;

    ExperimentDatasets(Entities entities) {
        this.entities = entities;
    }

    /** A data set and what for it was used; empty when a run did not tell. */
    public record Summary(ExperimentId experiment, String name, String digest, String context) {}

    /** Every name, digest and context once, a thousand at most. */
    public List<Summary> summaries(List<ExperimentId> experiments) {
        return datasets(experiments).stream()
                .flatMap(dataset -> dataset.contexts().stream()
                        .map(context -> new Summary(dataset.experiment(), dataset.name(), dataset.digest(), context)))
                .limit(MAX)
                .toList();
    }

    /** What finds runs of these experiments by the data sets they used. */
    public DatasetConditions conditions(List<ExperimentId> experiments) {
        return (attribute, criterion) -> new Condition.Exists(
                FacetKind.DATASET,
                values(attribute, criterion, experiments)
                        .distinct()
                        .limit(MAX)
                        .map(value -> RunFacets.key(attribute, value))
                        .toList(),
                false);
    }

    /** Those that satisfy the criterion; only where it does not name them all experiments' data sets are looked through. */
    private Stream<String> values(String attribute, Criterion criterion, List<ExperimentId> experiments) {
        if (criterion instanceof Criterion.Text text && text.comparison() == Comparison.EQUAL) {
            return Stream.of(text.value());
        }
        if (criterion instanceof Criterion.In in && !in.negated()) {
            return in.values().stream();
        }
        return datasets(experiments).stream()
                .flatMap(dataset -> values(attribute, dataset))
                .filter(value -> TextCriteria.holds(criterion, value));
    }

    private static Stream<String> values(String attribute, LoggedDataset dataset) {
        return switch (attribute) {
            case "name" -> Stream.of(dataset.name());
            case "digest" -> Stream.of(dataset.digest());
            default -> dataset.contexts().stream().filter(context -> !context.isEmpty());
        };
    }

    private List<LoggedDataset> datasets(List<ExperimentId> experiments) {
        List<LoggedDataset> found = new ArrayList<>();
        for (ExperimentId experiment : experiments) {
            if (found.size() < MAX) {
                Page<Entity<LoggedDatasetId, LoggedDataset>> page = entities.query(
                        LoggedDatasetKinds.DATASET,
                        LoggedDatasetKinds.BY_EXPERIMENT,
                        List.of(IndexValue.of(experiment)),
                        true,
                        MAX - found.size(),
                        null);
                page.items().forEach(dataset -> found.add(dataset.body()));
            }
        }
        return found;
    }
}
