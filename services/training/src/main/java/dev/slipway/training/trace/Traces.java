package dev.slipway.training.trace;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.run.Runs;
import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes what applications tell of traces as a whole, finds and deletes them. */
@Singleton
public final class Traces {
    /** So many traces one call may link. */
    public static final int MAX_LINKED = 100;

    private static final String SOURCE_RUN = "mlflow.sourceRun";
    private static final String MODEL = "mlflow.modelId";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final TraceWriter writer;
    private final SpanStore store;
    private final Assessments assessments;
    private final Experiments experiments;
    private final Runs runs;
    private final LoggedModels models;
    private final InstantSource clock;

    Traces(
            TraceWriter writer,
            SpanStore store,
            Assessments assessments,
            Experiments experiments,
            Runs runs,
            LoggedModels models,
            InstantSource clock) {
        this.writer = writer;
        this.store = store;
        this.assessments = assessments;
        this.experiments = experiments;
        this.runs = runs;
        this.models = models;
        this.clock = clock;
    }

    /** A trace as its application tells of it. */
    public record Told(
            TraceId id,
            ExperimentId experiment,
            TraceInfo info,
            Map<String, String> metadata,
            Map<String, String> tags,
            List<Assessment> assessments) {}

    /**
     * Takes what is told of a trace, whether its spans are there yet or not; tags, metadata and assessments that are there
     * stay, unless these are others of the same name.
     *
     * @throws SlipwayException {@code experiment.unknown}; {@code experiment.deleted}; {@code trace.experiment} for a trace of
     *     another experiment; {@code trace.key}; {@code trace.too-many}
     */
    public Entity<TraceId, Trace> tell(Told told) {
        experiments.active(told.experiment());
        Optional<RunId> run = run(told.metadata().get(SOURCE_RUN));
        Optional<LoggedModelId> model = model(told.metadata().get(MODEL));
        return writer.write(List.of(told.id()), (id, known) -> {
                    Trace trace = known == null ? Trace.of(told.experiment(), told.info()) : known;
                    checkExperiment(trace, told);
                    Trace after = trace.withInfo(
                                    told.info()
                                            .orPreviews(
                                                    trace.info().requestPreview(),
                                                    trace.info().responsePreview()),
                                    true)
                            .withTags(TraceTexts.joined(trace.tags(), free(told.tags())))
                            .withMetadata(TraceTexts.joined(trace.metadata(), told.metadata()));
                    after = run.map(after::withRun).orElse(after);
                    after = model.map(after::withModel).orElse(after);
                    return assessments.joined(after, told.assessments());
                })
                .get(0);
    }

    private static Map<String, String> free(Map<String, String> tags) {
        Map<String, String> free = new TreeMap<>(tags);
        free.keySet().removeIf(TraceTags::reserved);
        return free;
    }

    private static void checkExperiment(Trace trace, Told told) {
        if (!trace.experiment().equals(told.experiment())) {
            throw SlipwayException.invalid(
                    "trace.experiment",
                    "The trace '" + TraceIds.shown(told.id()) + "' belongs to experiment " + trace.experiment()
                            + " and stays there.");
        }
    }

    private Optional<RunId> run(@Nullable String id) {
        return id == null || !ID.matcher(id).matches()
                ? Optional.empty()
                : runs.find(new RunId(id)).map(Entity::id);
    }

    private Optional<LoggedModelId> model(@Nullable String shown) {
        return Optional.ofNullable(shown)
                .flatMap(LoggedModels::id)
                .flatMap(models::find)
                .map(Entity::id);
    }

    /** One that is not deleted, or {@code trace.unknown}. */
    public Entity<TraceId, Trace> get(TraceId id) {
        return getAll(List.of(id)).stream().findFirst().orElseThrow(() -> TraceIds.unknown(TraceIds.shown(id)));
    }

    /** Those that exist and are not deleted, in the order asked for. */
    public List<Entity<TraceId, Trace>> getAll(Collection<TraceId> ids) {
        return writer.read(ids).stream()
                .filter(trace -> trace.body().deleted() == null)
                .toList();
    }

    /** All spans of a trace, roots first, by their start. */
    public List<Span> spans(Trace trace) {
        return store.read(trace.spans());
    }

    /** Links at most {@value #MAX_LINKED} traces to a run; those that are not there are left out. */
    public void link(List<TraceId> ids, RunId run) {
        if (ids.size() > MAX_LINKED) {
            throw SlipwayException.invalid(
                    "trace.links",
                    "One call links at most " + MAX_LINKED + " traces to a run, not " + ids.size() + ".");
        }
        runs.get(run);
        writer.write(ids.stream().distinct().toList(), (id, trace) -> trace == null ? null : trace.withRun(run));
    }

    /** Deletes those of the traces that are there and of the experiment, and says how many they were. */
    public int delete(ExperimentId experiment, List<TraceId> ids) {
        List<TraceId> theirs = getAll(ids).stream()
                .filter(trace -> trace.body().experiment().equals(experiment))
                .map(Entity::id)
                .toList();
        long now = clock.millis();
        writer.write(theirs, (id, trace) -> trace == null ? null : trace.erased(now));
        return theirs.size();
    }

    static Trace there(TraceId id, @Nullable Trace trace) {
        if (trace == null) {
            throw TraceIds.unknown(TraceIds.shown(id));
        }
        return trace;
    }
}
