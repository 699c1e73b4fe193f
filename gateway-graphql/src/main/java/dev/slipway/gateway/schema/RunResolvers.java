package dev.slipway.gateway.schema;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FindExperiments;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.Lifecycle;
import dev.slipway.api.training.ModelOutput;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunUses;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.api.training.UsedDataset;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Searches of runs, comparisons of them, and what they used and made. */
@Singleton
final class RunResolvers implements Resolvers {
    private final RunsApi runs;
    private final TrainingApi training;

    RunResolvers(RunsApi runs, TrainingApi training) {
        this.runs = runs;
        this.training = training;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .page("runs", (none, request, limit, cursor) -> find(request.arguments(), limit, cursor))
                .page(
                        "searchExperiments",
                        (none, request, limit, cursor) -> runs.findExperiments(new FindExperiments(
                                request.arguments().optionalText("filter"),
                                request.arguments().choice("lifecycle", Lifecycle.class),
                                limit,
                                cursor)))
                .fetch("compareRuns", (none, request) -> compare(request.arguments()));
        wiring.moreOf(Kinds.EXPERIMENT)
                .field("deleted", Experiment::deleted)
                .field("artifactLocation", Experiment::artifactLocation)
                .fetch("tags", (experiment, request) -> request.load(Lookup.EXPERIMENT_TAGS, experiment.id())
                        .thenApply(tags -> tags == null ? List.of() : tags.tags()));
        wiring.moreOf(Kinds.RUN)
                .field("user", Run::user)
                .field("deleted", Run::deleted)
                .fetch("inputs", (run, request) -> uses(run, request, RunUses::datasets))
                .fetch("modelOutputs", (run, request) -> uses(run, request, RunUses::outputs))
                .fetch("modelInputs", RunResolvers::modelInputs);
        wireUses(wiring);
        wireComparison(wiring);
    }

    private static void wireUses(Wiring wiring) {
        wiring.type("DatasetInput", UsedDataset.class)
                .field("name", UsedDataset::name)
                .field("digest", UsedDataset::digest)
                .field("sourceType", UsedDataset::sourceType)
                .field("source", UsedDataset::source)
                .field("context", UsedDataset::context)
                .field("tags", UsedDataset::tags)
                .reference("datasetVersion", Kinds.DATASET_VERSION, UsedDataset::version);
        wiring.type("ModelOutput", ModelOutput.class)
                .reference("model", Kinds.LOGGED_MODEL, ModelOutput::model)
                .field("step", ModelOutput::step);
    }

    private static void wireComparison(Wiring wiring) {
        wiring.type("RunComparison", RunComparison.class)
                .field("runs", RunComparison::runs)
                .field("params", RunComparison::params)
                .field("tags", RunComparison::tags)
                .field("metrics", RunComparison::metrics);
        for (String type : List.of("ComparedText", "ComparedNumber")) {
            wiring.type(type, RunComparison.Row.class)
                    .field("key", row -> row.key())
                    .field("values", row -> row.values())
                    .field("differs", row -> row.differs());
        }
    }

    private Page<Entity<RunId, Run>> find(Arguments arguments, int limit, @Nullable String cursor) {
        return runs.find(new FindRuns(
                arguments.has("experiments") ? arguments.ids("experiments", Kinds.EXPERIMENT) : null,
                arguments.optionalText("filter"),
                arguments.has("where") ? RunConditionReader.conditions(arguments.input("where")) : List.of(),
                arguments.inputs("orderBy").stream()
                        .map(RunConditionReader::order)
                        .toList(),
                arguments.choice("lifecycle", Lifecycle.class),
                limit,
                cursor));
    }

    private RunComparison compare(Arguments arguments) {
        List<RunId> ids = arguments.ids("ids", Kinds.RUN);
        if (ids.size() < RunComparison.MIN_RUNS
                || ids.size() > RunComparison.MAX_RUNS
                || new HashSet<>(ids).size() < ids.size()) {
            throw SlipwayException.invalid(
                    "run.comparison",
                    RunComparison.MIN_RUNS + " to " + RunComparison.MAX_RUNS + " different runs are compared, not "
                            + new HashSet<>(ids).size() + " of " + ids.size() + ".");
        }
        List<Entity<RunId, Run>> found = training.runs(ids);
        List<RunId> known = found.stream().map(Entity::id).toList();
        ids.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw SlipwayException.notFound("run.unknown", "There is no run " + Kinds.RUN.globalId(id) + ".");
        });
        return RunComparison.of(found, training.data(ids), arguments.flag("onlyDifferences"));
    }

    private static <T> CompletionStage<List<T>> uses(
            Entity<RunId, Run> run, Request request, Function<RunUses, List<T>> part) {
        return request.load(Lookup.RUN_USES, run.id()).thenApply(uses -> uses == null ? List.of() : part.apply(uses));
    }

    private static Object modelInputs(Entity<RunId, Run> run, Request request) {
        return uses(run, request, RunUses::models)
                .thenCompose(models -> each(models, id -> request.load(Kinds.LOGGED_MODEL, id)));
    }

    private static <I extends Id, T> CompletionStage<List<T>> each(List<I> ids, Function<I, CompletionStage<T>> load) {
        List<CompletableFuture<T>> found =
                ids.stream().map(id -> load.apply(id).toCompletableFuture()).toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> found.stream()
                        .map(CompletableFuture::join)
                        .filter(Objects::nonNull)
                        .toList());
    }
}
