package dev.slipway.gateway.schema;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.MetricDifference;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.RepeatRun;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Experiments, runs and what was logged to them. */
@Singleton
final class TrainingResolvers implements Resolvers {
    private final TrainingApi training;

    TrainingResolvers(TrainingApi training) {
        this.training = training;
    }

    @Override
    public void wire(Wiring wiring) {
        wireRoots(wiring);
        wiring.entity(Kinds.EXPERIMENT)
                .field("name", Experiment::name)
                .page(
                        "runs",
                        (experiment, request, limit, cursor) ->
                                search(experiment.id(), request.arguments(), limit, cursor));
        wiring.entity(Kinds.RUN)
                .reference("experiment", Kinds.EXPERIMENT, Run::experiment)
                .field("name", Run::name)
                .field("state", Run::state)
                .reference("datasetVersion", Kinds.DATASET_VERSION, Run::datasetVersion)
                .reference("job", Kinds.JOB, Run::job)
                .field("model", Run::model)
                .field("started", Run::started)
                .field("finished", Run::finished)
                .reference("repeats", Kinds.RUN, Run::repeats)
                .fetch("repetition", (run, request) -> request.load(Lookup.REPETITION, run.id()))
                .fetch("params", (run, request) -> logged(run, request, RunData::params))
                .fetch("tags", (run, request) -> logged(run, request, RunData::tags))
                .fetch("metrics", (run, request) -> logged(run, request, RunData::metrics))
                .page(
                        "metricHistory",
                        (run, request, limit, cursor) ->
                                training.history(run.id(), request.arguments().text("key"), limit, cursor));
        wiring.type("Repetition", Repetition.class)
                .reference("original", Kinds.RUN, Repetition::original)
                .field("verdict", Repetition::verdict)
                .field("differences", Repetition::differences);
        wiring.type("MetricDifference", MetricDifference.class)
                .field("key", MetricDifference::key)
                .field("original", MetricDifference::original)
                .field("repeated", MetricDifference::repeated);
        wiring.type("Metric", Metric.class)
                .field("key", Metric::key)
                .field("value", Metric::value)
                .field("timestamp", Metric::timestamp)
                .field("step", Metric::step);
    }

    private void wireRoots(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "experiment",
                        (none, request) ->
                                training.experiment(request.arguments().id("id", Kinds.EXPERIMENT)))
                .page("experiments", (none, request, limit, cursor) -> training.listExperiments(limit, cursor))
                .fetch(
                        "run",
                        (none, request) -> training.run(request.arguments().id("id", Kinds.RUN)))
                .page(
                        "searchRuns",
                        (none, request, limit, cursor) -> search(
                                request.arguments().id("experiment", Kinds.EXPERIMENT),
                                request.arguments(),
                                limit,
                                cursor));
        wiring.root("Mutation")
                .fetch(
                        "createExperiment",
                        (none, request) -> training.createExperiment(
                                new CreateExperiment(request.arguments().text("name"))))
                .fetch(
                        "createRun",
                        (none, request) -> createRun(request.arguments().input("input")))
                .fetch(
                        "repeatRun",
                        (none, request) -> repeatRun(request.arguments().input("input")))
                .fetch(
                        "logToRun",
                        (none, request) -> logToRun(request.arguments().input("input")))
                .fetch(
                        "finishRun",
                        (none, request) -> finishRun(request.arguments().input("input")));
    }

    private Page<Entity<RunId, Run>> search(
            ExperimentId experiment, Arguments arguments, int limit, @Nullable String cursor) {
        boolean descending = arguments.text("order").equals("DESCENDING");
        return training.searchRuns(
                new SearchRuns(experiment, arguments.optionalText("orderByMetric"), descending, limit, cursor));
    }

    private static Object logged(Entity<RunId, Run> run, Request request, Function<RunData, List<?>> part) {
        return request.load(Lookup.RUN_DATA, run.id()).thenApply(data -> data == null ? List.of() : part.apply(data));
    }

    private Object createRun(Arguments input) {
        return training.createRun(new CreateRun(input.id("experiment", Kinds.EXPERIMENT), input.text("name")));
    }

    private Object repeatRun(Arguments input) {
        return training.repeat(input.id("run", Kinds.RUN), new RepeatRun(input.optionalText("idempotencyKey")));
    }

    private Object logToRun(Arguments input) {
        RunId run = input.id("run", Kinds.RUN);
        List<Metric> metrics = input.inputs("metrics").stream()
                .map(metric -> new Metric(
                        metric.text("key"), metric.real("value"), metric.number("timestamp"), metric.number("step")))
                .toList();
        training.log(run, new LogBatch(metrics, keyValues(input, "params"), keyValues(input, "tags")));
        return training.run(run);
    }

    private static List<Param> keyValues(Arguments input, String name) {
        return input.inputs(name).stream()
                .map(pair -> new Param(pair.text("key"), pair.text("value")))
                .toList();
    }

    private Object finishRun(Arguments input) {
        return training.finish(input.id("run", Kinds.RUN), new FinishRun(input.choice("state", RunState.class)));
    }
}
