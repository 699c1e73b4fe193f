package dev.slipway.api;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.Page;
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
import io.micronaut.serde.annotation.SerdeImport;

/** Makes the kernel's types readable and writable as JSON, since the kernel itself knows no Micronaut. */
@SerdeImport(Digest.class)
@SerdeImport(Entity.class)
@SerdeImport(EntityRef.class)
@SerdeImport(Page.class)
@SerdeImport(Workspace.class)
@SerdeImport(AlertId.class)
@SerdeImport(AnnotationId.class)
@SerdeImport(ArtifactEntryId.class)
@SerdeImport(ArtifactUploadId.class)
@SerdeImport(ChannelId.class)
@SerdeImport(ConversionId.class)
@SerdeImport(DatasetId.class)
@SerdeImport(DatasetVersionId.class)
@SerdeImport(DriftReportId.class)
@SerdeImport(EntityId.class)
@SerdeImport(EvaluationDatasetId.class)
@SerdeImport(EvaluationRecordId.class)
@SerdeImport(EventId.class)
@SerdeImport(ExperimentId.class)
@SerdeImport(ExternalDatasetId.class)
@SerdeImport(ExternalJobId.class)
@SerdeImport(ExternalRunId.class)
@SerdeImport(JobId.class)
@SerdeImport(LoggedDatasetId.class)
@SerdeImport(LoggedModelId.class)
@SerdeImport(ModelId.class)
@SerdeImport(ModelVersionId.class)
@SerdeImport(MonitorId.class)
@SerdeImport(PipelineId.class)
@SerdeImport(PipelineRunId.class)
@SerdeImport(PredictionBatchId.class)
@SerdeImport(ProjectId.class)
@SerdeImport(ReleaseId.class)
@SerdeImport(RunId.class)
@SerdeImport(TaskId.class)
@SerdeImport(TokenId.class)
@SerdeImport(TraceId.class)
@SerdeImport(TriggerId.class)
@SerdeImport(WebhookId.class)
final class KernelSerde {
    private KernelSerde() {}
}
