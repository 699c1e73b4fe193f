package dev.slipway.runtime;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.ArtifactEntryId;
import dev.slipway.kernel.id.ArtifactUploadId;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.LoggedDatasetId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.kernel.id.TokenId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.kernel.id.TriggerId;
import dev.slipway.kernel.id.WebhookId;
import io.micronaut.core.convert.MutableConversionService;
import io.micronaut.core.convert.TypeConverterRegistrar;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** Reads ids, digests and workspaces from paths, queries and configuration; a malformed one is the request's mistake. */
@Singleton
final class KernelConverters implements TypeConverterRegistrar {
    @Override
    public void register(MutableConversionService conversion) {
        add(conversion, Digest.class, Digest::new);
        add(conversion, Workspace.class, Workspace::new);
        add(conversion, AlertId.class, AlertId::new);
        add(conversion, AnnotationId.class, AnnotationId::new);
        add(conversion, ArtifactEntryId.class, ArtifactEntryId::new);
        add(conversion, ArtifactUploadId.class, ArtifactUploadId::new);
        add(conversion, ChannelId.class, ChannelId::new);
        add(conversion, ConversionId.class, ConversionId::new);
        add(conversion, DatasetId.class, DatasetId::new);
        add(conversion, DatasetVersionId.class, DatasetVersionId::new);
        add(conversion, DriftReportId.class, DriftReportId::new);
        add(conversion, EntityId.class, EntityId::new);
        add(conversion, EvaluationDatasetId.class, EvaluationDatasetId::new);
        add(conversion, EvaluationRecordId.class, EvaluationRecordId::new);
        add(conversion, EventId.class, EventId::new);
        add(conversion, ExperimentId.class, ExperimentId::new);
        add(conversion, ExternalDatasetId.class, ExternalDatasetId::new);
        add(conversion, ExternalJobId.class, ExternalJobId::new);
        add(conversion, ExternalRunId.class, ExternalRunId::new);
        add(conversion, JobId.class, JobId::new);
        add(conversion, LoggedDatasetId.class, LoggedDatasetId::new);
        add(conversion, LoggedModelId.class, LoggedModelId::new);
        add(conversion, ModelId.class, ModelId::new);
        add(conversion, ModelVersionId.class, ModelVersionId::new);
        add(conversion, MonitorId.class, MonitorId::new);
        add(conversion, PipelineId.class, PipelineId::new);
        add(conversion, PipelineRunId.class, PipelineRunId::new);
        add(conversion, PredictionBatchId.class, PredictionBatchId::new);
        add(conversion, ProjectId.class, ProjectId::new);
        add(conversion, ReleaseId.class, ReleaseId::new);
        add(conversion, RunId.class, RunId::new);
        add(conversion, TaskId.class, TaskId::new);
        add(conversion, TokenId.class, TokenId::new);
        add(conversion, TraceId.class, TraceId::new);
        add(conversion, TriggerId.class, TriggerId::new);
        add(conversion, WebhookId.class, WebhookId::new);
    }

    private static <T> void add(MutableConversionService conversion, Class<T> type, Function<String, T> read) {
        conversion.addConverter(CharSequence.class, type, (text, target, context) -> {
            try {
                return Optional.of(read.apply(text.toString()));
            } catch (SlipwayException e) {
                context.reject(text, e);
                return Optional.empty();
            }
        });
    }
}
