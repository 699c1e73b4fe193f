package dev.slipway.training.loggeddataset;

import dev.slipway.api.training.Run;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.LoggedDatasetId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.HashedKey;
import dev.slipway.training.commit.RunChanges;
import dev.slipway.training.evaluation.EvaluationDatasets;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.run.Runs;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Logs which data sets and logged models a run used, and which models it made. */
@Singleton
public final class RunInputs {
    private static final int MAX_BATCH = 1000;
    private static final String EVALUATION_SOURCE = "mlflow_evaluation_dataset";
    private static final Pattern EVALUATION_DATASET = Pattern.compile("\"d-([0-9a-f]{32})\"");
    /** So many contexts of one data set are told of. */
    private static final int MAX_CONTEXTS = 100;

    private final Entities entities;
    private final Runs runs;
    private final LoggedModels models;
    private final KnownVersions versions;
    private final EvaluationDatasets evaluations;
    private final InputTags tags;
    private final GraphStore graph;
    private final Callers callers;

    RunInputs(
            Entities entities,
            Runs runs,
            LoggedModels models,
            KnownVersions versions,
            EvaluationDatasets evaluations,
            InputTags tags,
            GraphStore graph,
            Callers callers) {
        this.entities = entities;
        this.runs = runs;
        this.models = models;
        this.versions = versions;
        this.evaluations = evaluations;
        this.tags = tags;
        this.graph = graph;
        this.callers = callers;
    }

    /**
     * Logs what a run used. A data set that the run has already keeps the tags it was first logged with.
     *
     * @throws SlipwayException {@code run.unknown}; {@code run.deleted}; {@code logged-model.unknown}
     */
    public void used(RunId id, List<DatasetInput> datasets, List<LoggedModelId> usedModels) {
        checkSize(datasets);
        checkModels(usedModels);
        Map<String, DatasetInput> distinct = new LinkedHashMap<>();
        datasets.forEach(dataset -> distinct.putIfAbsent(dataset.name() + "\0" + dataset.digest(), dataset));
        Retries.onConflict(() -> {
            Entity<RunId, Run> run = active(id);
            Set<LoggedDatasetId> known = datasets(id);
            Change change = entities.change();
            distinct.values().forEach(dataset -> use(change, run, dataset, known));
            for (LoggedModelId model : usedModels) {
                facet(change, run, RunFacets.input(model));
                change.link(RunChanges.ref(id), EdgeType.USED, EntityRef.of(EntityType.LOGGED_MODEL, model));
            }
            change.event("run.used", RunChanges.ref(id), Map.of("datasets", names(distinct.values())))
                    .commit();
            return run;
        });
    }

    private static String names(Collection<DatasetInput> datasets) {
        return datasets.stream().map(DatasetInput::name).distinct().limit(20).collect(Collectors.joining(", "));
    }

    private void use(Change change, Entity<RunId, Run> run, DatasetInput input, Set<LoggedDatasetId> known) {
        String claim = HashedKey.of("logged-dataset/" + run.body().experiment(), input.name(), input.digest());
        Entity<LoggedDatasetId, LoggedDataset> dataset = entities.claimed(LoggedDatasetKinds.DATASET, claim)
                .map(found -> refresh(change, found, input))
                .orElseGet(() -> {
                    LoggedDatasetId id = entities.newId(LoggedDatasetId::new);
                    change.take(claim, id);
                    return change.create(LoggedDatasetKinds.DATASET, id, describe(run, input));
                });
        if (known.contains(dataset.id())) {
            return;
        }
        facet(change, run, RunFacets.input(dataset.id(), tags.write(input.tags())));
        facet(change, run, RunFacets.attribute("name", input.name()));
        facet(change, run, RunFacets.attribute("digest", input.digest()));
        if (!input.context().isEmpty()) {
            facet(change, run, RunFacets.attribute("context", input.context()));
        }
        change.link(RunChanges.ref(run.id()), EdgeType.USED, EntityRef.of(EntityType.LOGGED_DATASET, dataset.id()));
        evaluationDataset(input)
                .ifPresent(used -> change.link(
                        RunChanges.ref(run.id()), EdgeType.USED, EntityRef.of(EntityType.EVALUATION_DATASET, used)));
        if (dataset.body().version() != null) {
            change.link(
                    RunChanges.ref(run.id()),
                    EdgeType.USED,
                    EntityRef.of(EntityType.DATASET_VERSION, dataset.body().version()));
        }
    }

    private Optional<EvaluationDatasetId> evaluationDataset(DatasetInput input) {
        Matcher named = EVALUATION_DATASET.matcher(input.source());
        return input.sourceType().equals(EVALUATION_SOURCE) && named.find()
                ? evaluations.find(new EvaluationDatasetId(named.group(1))).map(Entity::id)
                : Optional.empty();
    }

    private LoggedDataset describe(Entity<RunId, Run> run, DatasetInput input) {
        return new LoggedDataset(
                run.body().experiment(),
                input.name(),
                input.digest(),
                input.sourceType(),
                input.source(),
                input.schema(),
                input.profile(),
                versions.of(input.digest(), input.sourceType(), input.source()).orElse(null),
                List.of(input.context()));
    }

    /** What it is used for now as well, and the version that it may have become since. */
    private Entity<LoggedDatasetId, LoggedDataset> refresh(
            Change change, Entity<LoggedDatasetId, LoggedDataset> dataset, DatasetInput input) {
        LoggedDataset before = dataset.body();
        List<String> contexts = new ArrayList<>(before.contexts());
        if (!contexts.contains(input.context()) && contexts.size() < MAX_CONTEXTS) {
            contexts.add(input.context());
        }
        LoggedDataset after = before.with(
                Optional.ofNullable(before.version())
                        .or(() -> versions.of(before.digest(), before.sourceType(), before.source()))
                        .orElse(null),
                contexts);
        return after.equals(before) ? dataset : change.update(LoggedDatasetKinds.DATASET, dataset.with(body -> after));
    }

    /** A model that a run made, at a step of its training. */
    public record Output(LoggedModelId model, long step) {}

    /**
     * Logs which models a run made.
     *
     * @throws SlipwayException as {@link #used}
     */
    public void made(RunId id, List<Output> outputs) {
        checkModels(outputs.stream().map(Output::model).toList());
        Entity<RunId, Run> run = active(id);
        Change change = entities.change();
        for (Output output : outputs) {
            facet(change, run, RunFacets.output(output.model(), output.step()));
            change.link(
                    EntityRef.of(EntityType.LOGGED_MODEL, output.model()), EdgeType.GENERATED_BY, RunChanges.ref(id));
        }
        change.commit();
    }

    private void checkModels(List<LoggedModelId> ids) {
        checkSize(ids);
        List<LoggedModelId> distinct = ids.stream().distinct().toList();
        Set<LoggedModelId> known =
                models.getAll(distinct).stream().map(Entity::id).collect(Collectors.toSet());
        distinct.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(models::get);
    }

    private static void checkSize(List<?> batch) {
        if (batch.size() > MAX_BATCH) {
            throw SlipwayException.tooLarge(
                    "run.batch-too-large",
                    "One call logs at most " + MAX_BATCH + " inputs or outputs, not " + batch.size()
                            + ". Send them in parts.");
        }
    }

    private Entity<RunId, Run> active(RunId id) {
        Entity<RunId, Run> run = runs.get(id);
        if (run.body().deleted() != null) {
            throw SlipwayException.invalid("run.deleted", "Run " + id + " is deleted; restore it first.");
        }
        return run;
    }

    private Set<LoggedDatasetId> datasets(RunId id) {
        EntityId entity = EntityId.of(id);
        return graph.facets(callers.workspace(), List.of(entity)).getOrDefault(entity, List.of()).stream()
                .filter(RunFacets::isInput)
                .map(RunFacets::dataset)
                .collect(Collectors.toSet());
    }

    private static void facet(Change change, Entity<RunId, Run> run, Facet facet) {
        change.facet(RunChanges.ref(run.id()), run.body().experiment(), facet);
    }
}
