package dev.slipway.lineage.openlineage;

import dev.slipway.api.lineage.ExternalJob;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.api.lineage.ExternalRunState;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.lineage.LineageKinds;
import dev.slipway.lineage.openlineage.OpenLineageEvent.Named;
import dev.slipway.runtime.entity.Change;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Knows the run that a run is a part of, which the facet {@code parent} names; it may not have told of itself yet. */
@Singleton
final class ParentRuns {
    private final ExternalThings things;

    ParentRuns(ExternalThings things) {
        this.things = things;
    }

    /** The claim of a run. */
    static String claim(String run) {
        try {
            return "external-run/" + UUID.fromString(run);
        } catch (IllegalArgumentException e) {
            throw SlipwayException.invalid("openlineage.run", "'" + run + "' is no UUID; runs are named by one.", e);
        }
    }

    /** The parent that an event names; empty when it names none, or not as the specification of that facet has it. */
    Optional<ExternalRunId> of(Change change, OpenLineageEvent event) {
        if (event.run().facets() == null
                || !(event.run().facets().get("parent") instanceof Map<?, ?> parent)
                || !(parent.get("run") instanceof Map<?, ?> run)
                || !(parent.get("job") instanceof Map<?, ?> job)
                || !(run.get("runId") instanceof String runId)
                || !(job.get("namespace") instanceof String namespace)
                || !(job.get("name") instanceof String name)
                || claim(runId).equals(claim(event.run().runId()))) {
            return Optional.empty();
        }
        Named jobName = new Named(namespace, name, null, null, null);
        if (ExternalThings.claim("", jobName).equals(ExternalThings.claim("", event.job()))) {
            // A change puts each thing once, and the event's own job is in it already.
            return Optional.empty();
        }
        ExternalJobId jobId = things.put(
                        change,
                        LineageKinds.EXTERNAL_JOB,
                        ExternalThings.claim("external-job", jobName),
                        new ExternalJob(namespace, name, Facets.NONE),
                        UnaryOperator.identity())
                .id();
        return Optional.of(things.put(
                        change,
                        LineageKinds.EXTERNAL_RUN,
                        claim(runId),
                        new ExternalRun(jobId, runId, null, ExternalRunState.UNKNOWN, null, null, Facets.NONE),
                        UnaryOperator.identity())
                .id());
    }
}
