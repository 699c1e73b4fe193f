package dev.slipway.gateway.schema;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.registry.ModelTags;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.api.registry.VersionTags;
import dev.slipway.api.training.ExperimentTagList;
import dev.slipway.api.training.LoggedModelContent;
import dev.slipway.api.training.LoggedModelsApi;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunUses;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.PipelineId;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Prototype;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.MappedBatchLoader;

/**
 * Every batch read of the contracts. A batch is loaded on the thread that carries out the request, so the caller is
 * known there and a request never takes more than one thread.
 */
@Factory
final class Loaders {
    private static final DataLoaderOptions OPTIONS =
            DataLoaderOptions.newOptions().setMaxBatchSize(Page.MAX_LIMIT).build();

    private final Map<String, MappedBatchLoader<?, ?>> byName = new HashMap<>();
    private final Map<EntityType, Kind<?, ?>> nodes = new EnumMap<>(EntityType.class);

    Loaders(
            LabelingApi labeling,
            DatasetApi dataset,
            TrainingApi training,
            RunsApi runs,
            LoggedModelsApi loggedModels,
            PipelinesApi pipelines,
            RegistryApi registry,
            RegistryEditsApi registryEdits,
            ConversionApi conversion,
            MonitoringApi monitoring,
            LineageApi lineage,
            JobsApi jobs) {
        entities(Kinds.PROJECT, labeling::projects);
        entities(Kinds.TASK, labeling::tasksById);
        entities(Kinds.DATASET, dataset::datasets);
        entities(Kinds.DATASET_VERSION, dataset::versions);
        entities(Kinds.EXPERIMENT, training::experiments);
        entities(Kinds.RUN, training::runs);
        entities(Kinds.LOGGED_MODEL, loggedModels::models);
        entities(Kinds.PIPELINE, ids -> pipelinesOneByOne(pipelines, ids));
        entities(Kinds.PIPELINE_RUN, pipelines::runs);
        entities(Kinds.MODEL, registry::models);
        entities(Kinds.MODEL_VERSION, registry::versions);
        entities(Kinds.RELEASE, registry::releases);
        entities(Kinds.CONVERSION, conversion::conversions);
        entities(Kinds.MONITOR, monitoring::monitors);
        entities(Kinds.DRIFT_REPORT, monitoring::reports);
        entities(Kinds.ALERT, monitoring::alerts);
        entities(Kinds.EXTERNAL_JOB, lineage::externalJobs);
        entities(Kinds.EXTERNAL_RUN, lineage::externalRuns);
        entities(Kinds.EXTERNAL_DATASET, lineage::externalDatasets);
        entities(Kinds.JOB, jobs::jobs);
        batches(Lookup.PROJECT_COUNTS, labeling::counts, ProjectCounts::project);
        batches(Lookup.RUN_DATA, training::data, RunData::run);
        batches(Lookup.RUN_USES, runs::uses, RunUses::run);
        batches(Lookup.EXPERIMENT_TAGS, runs::experimentTags, ExperimentTagList::experiment);
        batches(Lookup.LOGGED_MODEL_CONTENT, loggedModels::data, LoggedModelContent::model);
        byName.put(Lookup.SERIES.name(), new SeriesLoader(runs));
        batches(Lookup.MODEL_TAGS, registryEdits::tags, ModelTags::model);
        batches(Lookup.VERSION_TAGS, registryEdits::versionTags, VersionTags::version);
        batches(Lookup.REPETITION, training::repetitions, Repetition::run);
        batches(Lookup.JOB_PROGRESS, jobs::progress, JobProgress::job);
    }

    /** One registry for each request, so that nothing read for one is remembered for another. */
    @Prototype
    DataLoaderRegistry registry() {
        DataLoaderRegistry.Builder registry = DataLoaderRegistry.newRegistry();
        byName.forEach((name, loader) -> registry.register(name, loaderOf(name, loader)));
        return registry.build();
    }

    /** The types of entities that can be asked for by id. */
    @Singleton
    NodeTypes nodeTypes() {
        return new NodeTypes(Map.copyOf(nodes));
    }

    private static <K, V> DataLoader<K, V> loaderOf(String name, MappedBatchLoader<K, V> loader) {
        return DataLoaderFactory.newMappedDataLoader(name, loader, OPTIONS);
    }

    private <I extends Id, B> void entities(Kind<I, B> kind, Function<List<I>, List<Entity<I, B>>> read) {
        nodes.put(kind.type(), kind);
        batches(Lookup.of(kind), read, Entity::id);
    }

    private <K, V> void batches(Lookup<K, V> lookup, Function<List<K>, List<V>> read, Function<V, K> keyOf) {
        MappedBatchLoader<K, V> loader = keys -> CompletableFuture.completedFuture(
                read.apply(List.copyOf(keys)).stream().collect(Collectors.toMap(keyOf, Function.identity())));
        byName.put(lookup.name(), loader);
    }

    // The contract has no batch read of pipelines: a page rarely shows more than a handful of them.
    private static List<Entity<PipelineId, Pipeline>> pipelinesOneByOne(PipelinesApi pipelines, List<PipelineId> ids) {
        return ids.stream()
                .map(id -> Optional.ofNullable(pipelines.pipeline(id)))
                .flatMap(Optional::stream)
                .toList();
    }
}
