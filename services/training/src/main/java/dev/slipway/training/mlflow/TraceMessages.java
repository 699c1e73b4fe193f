package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.mlflow.Absent;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;

/** What MLflow's clients ask about traces, and what they are answered. */
final class TraceMessages {
    private TraceMessages() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Location(@Nullable String type, @Nullable ExperimentLocation mlflowExperiment) {
        static Location of(String experiment) {
            return new Location("MLFLOW_EXPERIMENT", new ExperimentLocation(experiment));
        }

        /** Null for a place that is no experiment. */
        @Nullable
        String experiment() {
            return mlflowExperiment == null ? null : mlflowExperiment.experimentId();
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record ExperimentLocation(String experimentId) {
        public ExperimentLocation {
            Required.part("experiment_id", experimentId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Info(
            String traceId,
            @Nullable String clientRequestId,
            @Nullable Location traceLocation,
            @Nullable String requestPreview,
            @Nullable String responsePreview,
            @Nullable String requestTime,
            @Nullable String executionDuration,
            @Nullable String state,
            @Nullable Map<String, String> traceMetadata,
            @Nullable List<AssessmentMessages.Message> assessments,
            @Nullable Map<String, String> tags) {
        public Info {
            Required.part("trace_id", traceId);
        }
    }

    /** A trace without its spans. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Whole(Info traceInfo) {
        public Whole {
            Required.part("trace_info", traceInfo);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Found(Whole trace) {
        public Found {
            Required.part("trace", trace);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Search(
            List<Location> locations,
            @Nullable String filter,
            @Nullable Integer maxResults,
            @Nullable List<String> orderBy,
            @Nullable String pageToken) {
        public Search {
            Required.part("locations", Absent.ifEmpty(locations));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Page(List<Info> traces, @Nullable String nextPageToken) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Ids(List<String> traceIds, @Nullable List<String> experimentIds) {
        public Ids {
            Required.part("trace_ids", traceIds);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Infos(List<Info> traceInfos) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record TagKey(String key) {
        public TagKey {
            Required.part("key", key);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Delete(
            String experimentId,
            @Nullable Long maxTimestampMillis,
            @Nullable Integer maxTraces,
            @Nullable List<String> requestIds) {
        public Delete {
            Required.part("experiment_id", experimentId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Deleted(int tracesDeleted) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Link(List<String> traceIds, String runId) {
        public Link {
            Required.part("trace_ids", traceIds);
            Required.part("run_id", runId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record LinkPrompts(String traceId, List<PromptVersion> promptVersions) {
        public LinkPrompts {
            Required.part("trace_id", traceId);
            Required.part("prompt_versions", Absent.ifEmpty(promptVersions));
        }
    }

    /** @param version a number */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record PromptVersion(String name, String version) {
        public PromptVersion {
            Required.part("name", name);
            Required.part("version", version);
        }
    }
}
