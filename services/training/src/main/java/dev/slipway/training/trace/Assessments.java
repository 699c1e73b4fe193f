package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.TraceId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Takes, changes and removes what people and judges think of traces. */
@Singleton
public final class Assessments {
    /** So many of them one trace has. */
    public static final int MAX_OF_TRACE = 200;
    /** Characters of a value, a rationale and all other texts of one. */
    static final int MAX_TEXT = 64_000;

    private final TraceWriter writer;
    private final InstantSource clock;

    Assessments(TraceWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * What changes of one; null for what stays.
     *
     * @param metadata joins that which is there
     */
    public record Update(
            @Nullable String name,
            @Nullable AssessmentType type,
            @Nullable String value,
            @Nullable Assessment.Failure error,
            @Nullable String rationale,
            Map<String, String> metadata) {}

    /**
     * Adds one, and gives it an id; the one that it overrides is no longer valid.
     *
     * @throws SlipwayException {@code trace.unknown}; {@code assessment.unknown} for the overridden one; {@code
     *     assessment.too-many}; {@code assessment.too-large}; {@code assessment.name}
     */
    public Assessment create(TraceId id, Assessment assessment) {
        Assessment made = assessment.withId(newId());
        writer.write(List.of(id), (each, trace) -> {
            Trace there = Traces.there(id, trace);
            if (made.overrides() != null) {
                find(id, there, made.overrides());
            }
            return joined(there, List.of(made));
        });
        return made;
    }

    private static String newId() {
        return "a-" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The trace with more of them, in place of those that have the same ids; those without an id get one. */
    Trace joined(Trace trace, List<Assessment> more) {
        List<Assessment> all = new ArrayList<>(trace.assessments());
        for (Assessment given : more) {
            Assessment each = given.id().isEmpty() ? given.withId(newId()) : given;
            check(each);
            all.removeIf(known -> known.id().equals(each.id()));
            all.replaceAll(known -> known.id().equals(each.overrides()) ? known.withValid(false) : known);
            all.add(each);
        }
        if (all.size() > MAX_OF_TRACE) {
            throw SlipwayException.tooLarge(
                    "assessment.too-many", "A trace has at most " + MAX_OF_TRACE + " assessments; delete some.");
        }
        return more.isEmpty() ? trace : trace.withAssessments(all);
    }

    private static void check(Assessment assessment) {
        if (assessment.name().isBlank() || assessment.name().length() > 250) {
            throw SlipwayException.invalid(
                    "assessment.name", "The name of an assessment has 1 to 250 characters; give it one.");
        }
        TraceTexts.joined(Map.of(), assessment.metadata());
        Assessment.Failure error = assessment.error();
        long length = length(assessment.value())
                + length(assessment.rationale())
                + length(assessment.sourceType())
                + length(assessment.sourceId())
                + length(assessment.span())
                + length(assessment.id())
                + length(assessment.overrides())
                + (error == null ? 0 : length(error.code()) + length(error.message()) + length(error.stackTrace()));
        if (length > MAX_TEXT) {
            throw SlipwayException.tooLarge(
                    "assessment.too-large",
                    "The texts of an assessment have at most " + MAX_TEXT + " characters together, not " + length
                            + ".");
        }
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** One of a trace, or {@code trace.unknown}, {@code assessment.unknown}. */
    public Assessment get(TraceId id, String assessment) {
        List<Trace> found = writer.read(List.of(id)).stream()
                .map(trace -> trace.body())
                .filter(trace -> trace.deleted() == null)
                .toList();
        return find(id, Traces.there(id, found.isEmpty() ? null : found.get(0)), assessment);
    }

    private static Assessment find(TraceId id, Trace trace, String assessment) {
        return trace.assessments().stream()
                .filter(each -> each.id().equals(assessment))
                .findFirst()
                .orElseThrow(() -> SlipwayException.notFound(
                        "assessment.unknown",
                        "Assessment with ID '" + TraceTexts.cut(assessment, 100) + "' not found for trace '"
                                + TraceIds.shown(id) + "'."));
    }

    /** Changes one; {@code assessment.type} for the value of another type. */
    public Assessment update(TraceId id, String assessment, Update update) {
        return find(id, edit(id, assessment, known -> updated(known, update)), assessment);
    }

    private Trace edit(TraceId id, String assessment, UnaryOperator<Assessment> edit) {
        return writer.write(List.of(id), (each, trace) -> {
                    Assessment known = find(id, Traces.there(id, trace), assessment);
                    Assessment changed = edit.apply(known);
                    check(changed);
                    return trace.withAssessments(trace.assessments().stream()
                            .map(other -> other.id().equals(assessment) ? changed : other)
                            .toList());
                })
                .get(0)
                .body();
    }

    private Assessment updated(Assessment known, Update update) {
        if (update.type() != null && update.type() != known.type()) {
            throw SlipwayException.invalid(
                    "assessment.type",
                    "The assessment is of type " + known.type() + " and can't get a value of type " + update.type()
                            + ".");
        }
        Map<String, String> metadata = new TreeMap<>(known.metadata());
        metadata.putAll(update.metadata());
        boolean revalued = update.type() != null;
        return new Assessment(
                known.id(),
                update.name() == null ? known.name() : update.name(),
                known.type(),
                revalued && update.value() != null ? update.value() : known.value(),
                revalued ? update.error() : known.error(),
                known.sourceType(),
                known.sourceId(),
                known.span(),
                update.rationale() == null ? known.rationale() : update.rationale(),
                metadata,
                known.overrides(),
                known.valid(),
                known.created(),
                clock.millis());
    }

    /** Removes one, if it is there; the one that it overrode is valid again. */
    public void delete(TraceId id, String assessment) {
        writer.write(List.of(id), (each, trace) -> {
            Trace there = Traces.there(id, trace);
            List<Assessment> left = new ArrayList<>(there.assessments());
            there.assessments().stream()
                    .filter(known -> known.id().equals(assessment))
                    .forEach(removed -> {
                        left.remove(removed);
                        left.replaceAll(
                                known -> known.id().equals(removed.overrides()) ? known.withValid(true) : known);
                    });
            return there.withAssessments(left);
        });
    }
}
