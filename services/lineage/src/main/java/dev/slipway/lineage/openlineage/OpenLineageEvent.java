package dev.slipway.lineage.openlineage;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * An event of OpenLineage, specification 2-0-2: a RunEvent has a run and a job, a JobEvent a job, a DatasetEvent a dataset.
 *
 * @param eventType of a RunEvent: START, RUNNING, COMPLETE, ABORT, FAIL or OTHER
 * @param eventTime in the form of ISO 8601; UTC when it names no zone
 */
@Serdeable
record OpenLineageEvent(
        @Nullable String eventType,
        String eventTime,
        String producer,
        String schemaURL,
        @Nullable RunPart run,
        @Nullable Named job,
        @Nullable List<Named> inputs,
        @Nullable List<Named> outputs,
        @Nullable Named dataset) {
    private static final int MOST_DATASETS = 1000;

    OpenLineageEvent {
        present("eventTime", eventTime);
        present("producer", producer);
        present("schemaURL", schemaURL);
        inputs = atMost("inputs", inputs);
        outputs = atMost("outputs", outputs);
        if (run != null && job == null) {
            throw lacks("job");
        }
        if (job == null && dataset == null) {
            throw lacks("job' or 'dataset");
        }
    }

    /** @param runId a UUID */
    @Serdeable
    record RunPart(String runId, @Nullable Map<String, Object> facets) {
        RunPart {
            present("run.runId", runId);
        }
    }

    /**
     * A job or a dataset.
     *
     * @param inputFacets of a dataset: what is known of it as this run's input
     * @param outputFacets of a dataset: what is known of it as this run's output
     */
    @Serdeable
    record Named(
            String namespace,
            String name,
            @Nullable Map<String, Object> facets,
            @Nullable Map<String, Object> inputFacets,
            @Nullable Map<String, Object> outputFacets) {
        Named {
            present("namespace", namespace);
            present("name", name);
        }
    }

    /** UTC milliseconds. */
    long time() {
        try {
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(eventTime, ZonedDateTime::from, LocalDateTime::from);
            return parsed instanceof ZonedDateTime zoned
                    ? zoned.toInstant().toEpochMilli()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            throw SlipwayException.invalid(
                    "openlineage.time", "'" + eventTime + "' is no time; write it as " + Instant.EPOCH + ".", e);
        }
    }

    private static List<Named> atMost(String what, @Nullable List<Named> datasets) {
        if (datasets == null) {
            return List.of();
        }
        if (datasets.size() > MOST_DATASETS) {
            throw SlipwayException.tooLarge(
                    "openlineage.datasets",
                    "An event has at most " + MOST_DATASETS + " " + what + ", not " + datasets.size() + ".");
        }
        return datasets;
    }

    private static void present(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw lacks(field);
        }
    }

    private static SlipwayException lacks(String field) {
        return SlipwayException.invalid(
                "openlineage.incomplete",
                "The event lacks '" + field + "', which OpenLineage's specification asks for.");
    }
}
