package dev.slipway.standalone.demo;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.runtime.samples.SampleFiles;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.store.artifact.ArtifactStore;

/** What the demo uses of a server: the contracts, as any client of the suite has them, and the artifacts. */
record Services(
        LabelingApi labeling,
        DatasetApi datasets,
        TrainingApi training,
        PipelinesApi pipelines,
        ConversionApi conversions,
        RegistryApi registry,
        MonitoringApi monitoring,
        JobsApi jobs,
        ArtifactStore artifacts,
        SampleFiles sampleFiles) {
    static Services of(SlipwayServer server) {
        return new Services(
                server.bean(LabelingApi.class),
                server.bean(DatasetApi.class),
                server.bean(TrainingApi.class),
                server.bean(PipelinesApi.class),
                server.bean(ConversionApi.class),
                server.bean(RegistryApi.class),
                server.bean(MonitoringApi.class),
                server.bean(JobsApi.class),
                server.bean(ArtifactStore.class),
                server.bean(SampleFiles.class));
    }
}
