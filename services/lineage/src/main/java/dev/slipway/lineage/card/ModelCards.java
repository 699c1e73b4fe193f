package dev.slipway.lineage.card;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.lineage.ModelCard;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.api.registry.Release;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what is known of a version from all services, and writes its card. */
@Singleton
public final class ModelCards {
    /** A run, what it used, and what that was cut from. */
    private static final int DEPTH = 4;

    private static final int MOST_NODES = 100;
    private static final int MOST_REPORTS = 10;

    private final Callers callers;
    private final GraphStore graph;
    // Only asked for when a card is: the services that a card tells of ask this one in turn.
    private final BeanProvider<RegistryApi> registry;
    private final BeanProvider<RegistryEditsApi> edits;
    private final BeanProvider<TrainingApi> training;
    private final BeanProvider<DatasetApi> datasets;
    private final BeanProvider<ConversionApi> conversions;
    private final BeanProvider<MonitoringApi> monitoring;

    ModelCards(
            Callers callers,
            GraphStore graph,
            BeanProvider<RegistryApi> registry,
            BeanProvider<RegistryEditsApi> edits,
            BeanProvider<TrainingApi> training,
            BeanProvider<DatasetApi> datasets,
            BeanProvider<ConversionApi> conversions,
            BeanProvider<MonitoringApi> monitoring) {
        this.callers = callers;
        this.graph = graph;
        this.registry = registry;
        this.edits = edits;
        this.training = training;
        this.datasets = datasets;
        this.conversions = conversions;
        this.monitoring = monitoring;
    }

    /** The card of the version of that number of the model of that name; {@code model-version.unknown}. */
    public ModelCard of(String model, int number) {
        Entity<ModelId, Model> known = registry.get().modelNamed(model);
        if (known == null) {
            throw unknown("The model '" + model + "' is not known");
        }
        String cursor = null;
        do {
            Page<Entity<ModelVersionId, ModelVersion>> page =
                    registry.get().listVersions(known.id(), Page.MAX_LIMIT, cursor);
            for (Entity<ModelVersionId, ModelVersion> version : page.items()) {
                if (version.body().number() == number) {
                    return of(version);
                }
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
        throw unknown("The model '" + model + "' has no version " + number);
    }

    /** The card of a version; {@code model-version.unknown}. */
    public ModelCard of(ModelVersionId id) {
        Entity<ModelVersionId, ModelVersion> version = registry.get().version(id);
        if (version == null) {
            throw unknown("There is no model version " + id);
        }
        return of(version);
    }

    private static SlipwayException unknown(String what) {
        return SlipwayException.notFound("model-version.unknown", what + " in this workspace.");
    }

    private ModelCard of(Entity<ModelVersionId, ModelVersion> version) {
        CardFacts facts = facts(version);
        return new ModelCard(
                CardText.of(facts),
                facts.name(),
                facts.number(),
                facts.description().orElse(""),
                facts.tag(CardTag.AUTHORS).orElse(""),
                facts.tag(CardTag.LICENSE).orElse(""),
                version.body().classes());
    }

    private CardFacts facts(Entity<ModelVersionId, ModelVersion> version) {
        RegistryApi models = registry.get();
        Model model = models.model(version.body().model()).body();
        List<EntityRef> upstream = walk(version.id(), Direction.UPSTREAM, DEPTH, Set.of());
        return new CardFacts(
                model,
                version,
                tags(version),
                data(version.body(), upstream),
                run(version.body()),
                conversions
                        .get()
                        .listConversions(version.id(), Page.MAX_LIMIT, null)
                        .items(),
                channels(version),
                drift(version.id()),
                upstream);
    }

    /** Those of the version, and of its model where the version has none of the key. */
    private Map<String, String> tags(Entity<ModelVersionId, ModelVersion> version) {
        Map<String, String> all = new HashMap<>();
        edits.get().tags(List.of(version.body().model())).forEach(model -> all.putAll(model.tags()));
        edits.get().versionTags(List.of(version.id())).forEach(own -> all.putAll(own.tags()));
        return all;
    }

    /** Without the version itself. */
    private List<EntityRef> walk(ModelVersionId from, Direction direction, int depth, Set<EdgeType> edges) {
        Traversal found = graph.traverse(new TraversalQuery(
                callers.workspace(), List.of(EntityId.of(from)), direction, edges, depth, MOST_NODES));
        return found.nodes().stream()
                .filter(node -> node.depth() > 0)
                .map(node -> node.entity())
                .toList();
    }

    private List<CardFacts.Data> data(ModelVersion version, List<EntityRef> upstream) {
        Set<DatasetVersionId> ids = new LinkedHashSet<>();
        Optional.ofNullable(version.datasetVersion()).ifPresent(ids::add);
        upstream.stream()
                .filter(node -> node.type() == EntityType.DATASET_VERSION)
                .forEach(node -> ids.add(new DatasetVersionId(node.id().value())));
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Entity<DatasetVersionId, DatasetVersion>> versions = datasets.get().versions(List.copyOf(ids));
        Map<DatasetId, Entity<DatasetId, Dataset>> named =
                datasets
                        .get()
                        .datasets(versions.stream()
                                .map(known -> known.body().dataset())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Entity::id, Function.identity()));
        return versions.stream()
                .map(known -> new CardFacts.Data(
                        named.get(known.body().dataset()).body().name(), known))
                .toList();
    }

    private Optional<CardFacts.Training> run(ModelVersion version) {
        if (version.run() == null) {
            return Optional.empty();
        }
        TrainingApi runs = training.get();
        Entity<RunId, Run> run = runs.run(version.run());
        if (run == null) {
            return Optional.empty();
        }
        Entity<ExperimentId, Experiment> experiment = runs.experiment(run.body().experiment());
        return Optional.of(new CardFacts.Training(
                run,
                experiment == null ? "" : experiment.body().name(),
                runs.data(List.of(run.id())).get(0)));
    }

    private List<CardFacts.Delivered> channels(Entity<ModelVersionId, ModelVersion> version) {
        var channels = registry.get().channels(version.body().model());
        Map<ReleaseId, Release> releases =
                registry
                        .get()
                        .releases(channels.stream()
                                .map(channel -> channel.body().release())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Entity::id, Entity::body));
        return channels.stream()
                .map(channel -> Map.entry(
                        channel.body().name(), releases.get(channel.body().release())))
                .filter(channel -> channel.getValue().version().equals(version.id()))
                .map(channel -> new CardFacts.Delivered(
                        channel.getKey(), channel.getValue().number()))
                .toList();
    }

    private List<Entity<DriftReportId, DriftReport>> drift(ModelVersionId version) {
        List<DriftReportId> ids = walk(version, Direction.DOWNSTREAM, 1, Set.of()).stream()
                .filter(node -> node.type() == EntityType.DRIFT_REPORT)
                .map(node -> new DriftReportId(node.id().value()))
                .toList();
        return ids.isEmpty()
                ? List.of()
                : monitoring.get().reports(ids).stream()
                        .filter(report -> report.body().modelVersion().equals(version))
                        .sorted(Comparator.comparing((Entity<DriftReportId, DriftReport> report) ->
                                        report.body().to())
                                .reversed())
                        .limit(MOST_REPORTS)
                        .toList();
    }
}
