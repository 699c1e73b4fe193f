package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask about evaluation data sets, and what they are answered. */
final class EvaluationMessages {
    private EvaluationMessages() {}

    /**
     * A data set.
     *
     * @param tags an object as JSON, like schema and profile
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Dataset(
            String datasetId,
            String name,
            String tags,
            @Nullable String schema,
            @Nullable String profile,
            String digest,
            long createdTime,
            long lastUpdateTime,
            @Nullable String createdBy,
            @Nullable String lastUpdatedBy,
            List<String> experimentIds) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record One(Dataset dataset) {}

    /** @param tags an object as JSON; null for none */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            String name,
            @Nullable List<String> experimentIds,
            @Nullable String tags) {
        public Create {
            Required.part("name", name);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Search(
            @Nullable List<String> experimentIds,
            @Nullable String filterString,
            @Nullable Integer maxResults,
            @Nullable List<String> orderBy,
            @Nullable String pageToken) {
        private static final int USUAL = 1000;

        int limit() {
            return maxResults == null || maxResults == 0 ? USUAL : maxResults;
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Page(List<Dataset> datasets, @Nullable String nextPageToken) {}

    /** @param tags an object as JSON */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Tags(String tags) {
        public Tags {
            Required.part("tags", tags);
        }
    }

    /** @param records a list as JSON */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Records(String records) {
        public Records {
            Required.part("records", records);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Merged(int insertedCount, int updatedCount) {}

    /** @param records a list as JSON */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record RecordPage(String records, @Nullable String nextPageToken) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record RecordIds(List<String> datasetRecordIds) {
        public RecordIds {
            Required.part("dataset_record_ids", datasetRecordIds);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Deleted(int deletedCount) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Experiments(@Nullable List<String> experimentIds) {}
}
