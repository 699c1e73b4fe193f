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
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.BeanLocator;

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
    static Services of(BeanLocator beans) {
        return new Services(
                beans.getBean(LabelingApi.class),
                beans.getBean(DatasetApi.class),
                beans.getBean(TrainingApi.class),
                beans.getBean(PipelinesApi.class),
                beans.getBean(ConversionApi.class),
                beans.getBean(RegistryApi.class),
                beans.getBean(MonitoringApi.class),
                beans.getBean(JobsApi.class),
                beans.getBean(ArtifactStore.class),
                beans.getBean(SampleFiles.class));
    }
}
