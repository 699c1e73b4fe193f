package dev.slipway.gateway.schema;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.lineage.ExternalDataset;
import dev.slipway.api.lineage.ExternalJob;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Release;
import dev.slipway.api.tokens.Token;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.kernel.id.JobId;
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
import dev.slipway.kernel.id.TriggerId;

/** Every kind of entity that the schema shows. */
final class Kinds {
    static final Kind<ProjectId, Project> PROJECT =
            new Kind<>("Project", EntityType.PROJECT, ProjectId::new, Project.class);
    static final Kind<TaskId, Task> TASK = new Kind<>("Task", EntityType.TASK, TaskId::new, Task.class);
    static final Kind<AnnotationId, Annotation> ANNOTATION =
            new Kind<>("Annotation", EntityType.ANNOTATION, AnnotationId::new, Annotation.class);
    static final Kind<DatasetId, Dataset> DATASET =
            new Kind<>("Dataset", EntityType.DATASET, DatasetId::new, Dataset.class);
    static final Kind<DatasetVersionId, DatasetVersion> DATASET_VERSION =
            new Kind<>("DatasetVersion", EntityType.DATASET_VERSION, DatasetVersionId::new, DatasetVersion.class);
    static final Kind<ExperimentId, Experiment> EXPERIMENT =
            new Kind<>("Experiment", EntityType.EXPERIMENT, ExperimentId::new, Experiment.class);
    static final Kind<RunId, Run> RUN = new Kind<>("Run", EntityType.RUN, RunId::new, Run.class);
    static final Kind<LoggedModelId, LoggedModel> LOGGED_MODEL =
            new Kind<>("LoggedModel", EntityType.LOGGED_MODEL, LoggedModelId::new, LoggedModel.class);
    static final Kind<PipelineId, Pipeline> PIPELINE =
            new Kind<>("Pipeline", EntityType.PIPELINE, PipelineId::new, Pipeline.class);
    static final Kind<PipelineRunId, PipelineRun> PIPELINE_RUN =
            new Kind<>("PipelineRun", EntityType.PIPELINE_RUN, PipelineRunId::new, PipelineRun.class);
    static final Kind<ModelId, Model> MODEL = new Kind<>("Model", EntityType.MODEL, ModelId::new, Model.class);
    static final Kind<ModelVersionId, ModelVersion> MODEL_VERSION =
            new Kind<>("ModelVersion", EntityType.MODEL_VERSION, ModelVersionId::new, ModelVersion.class);
    static final Kind<ReleaseId, Release> RELEASE =
            new Kind<>("Release", EntityType.RELEASE, ReleaseId::new, Release.class);
    static final Kind<ChannelId, Channel> CHANNEL =
            new Kind<>("Channel", EntityType.CHANNEL, ChannelId::new, Channel.class);
    static final Kind<ConversionId, Conversion> CONVERSION =
            new Kind<>("Conversion", EntityType.CONVERSION, ConversionId::new, Conversion.class);
    static final Kind<MonitorId, Monitor> MONITOR =
            new Kind<>("Monitor", EntityType.MONITOR, MonitorId::new, Monitor.class);
    static final Kind<PredictionBatchId, PredictionBatch> PREDICTION_BATCH =
            new Kind<>("PredictionBatch", EntityType.PREDICTION_BATCH, PredictionBatchId::new, PredictionBatch.class);
    static final Kind<DriftReportId, DriftReport> DRIFT_REPORT =
            new Kind<>("DriftReport", EntityType.DRIFT_REPORT, DriftReportId::new, DriftReport.class);
    static final Kind<AlertId, Alert> ALERT = new Kind<>("Alert", EntityType.ALERT, AlertId::new, Alert.class);
    static final Kind<TriggerId, Trigger> TRIGGER =
            new Kind<>("Trigger", EntityType.TRIGGER, TriggerId::new, Trigger.class);
    static final Kind<ExternalJobId, ExternalJob> EXTERNAL_JOB =
            new Kind<>("ExternalJob", EntityType.EXTERNAL_JOB, ExternalJobId::new, ExternalJob.class);
    static final Kind<ExternalRunId, ExternalRun> EXTERNAL_RUN =
            new Kind<>("ExternalRun", EntityType.EXTERNAL_RUN, ExternalRunId::new, ExternalRun.class);
    static final Kind<ExternalDatasetId, ExternalDataset> EXTERNAL_DATASET =
            new Kind<>("ExternalDataset", EntityType.EXTERNAL_DATASET, ExternalDatasetId::new, ExternalDataset.class);
    static final Kind<TokenId, Token> TOKEN = new Kind<>("Token", EntityType.TOKEN, TokenId::new, Token.class);
    static final Kind<JobId, Job> JOB = new Kind<>("Job", EntityType.JOB, JobId::new, Job.class);

    private Kinds() {}
}
