package dev.slipway.gateway.schema;

import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Datasets and their versions. */
@Singleton
final class DatasetResolvers implements Resolvers {
    private record NamedSplit(SplitName name, Split split) {}

    private final DatasetApi datasets;

    DatasetResolvers(DatasetApi datasets) {
        this.datasets = datasets;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "dataset",
                        (none, request) -> datasets.dataset(request.arguments().id("id", Kinds.DATASET)))
                .page("datasets", (none, request, limit, cursor) -> datasets.listDatasets(limit, cursor))
                .fetch(
                        "datasetVersion",
                        (none, request) -> datasets.version(request.arguments().id("id", Kinds.DATASET_VERSION)));
        wiring.root("Mutation")
                .fetch(
                        "createDataset",
                        (none, request) -> datasets.createDataset(
                                new CreateDataset(request.arguments().text("name"))));
        wiring.entity(Kinds.DATASET)
                .field("name", Dataset::name)
                .field("versionCount", Dataset::versions)
                .page(
                        "versions",
                        (dataset, request, limit, cursor) -> datasets.listVersions(dataset.id(), limit, cursor));
        wiring.entity(Kinds.DATASET_VERSION)
                .reference("dataset", Kinds.DATASET, DatasetVersion::dataset)
                .field("number", DatasetVersion::number)
                .field("content", DatasetVersion::content)
                .reference("project", Kinds.PROJECT, DatasetVersion::project)
                .reference("parent", Kinds.DATASET_VERSION, DatasetVersion::parent)
                .field("seed", DatasetVersion::seed)
                .field("classes", DatasetVersion::classes)
                .field("sampleShape", DatasetVersion::sampleShape)
                .field("splits", version -> inOrder(version.splits()))
                .field("statistics", DatasetVersion::statistics);
        wiring.type("Split", NamedSplit.class)
                .field("name", NamedSplit::name)
                .field("samples", named -> named.split().samples())
                .field("labels", named -> named.split().labels())
                .field("count", named -> named.split().count())
                .field("classCounts", named -> named.split().classCounts());
        wiring.type("Statistics", Statistics.class)
                .field("minimum", Statistics::minimum)
                .field("maximum", Statistics::maximum)
                .field("mean", Statistics::mean)
                .field("standardDeviation", Statistics::standardDeviation);
    }

    private static List<NamedSplit> inOrder(Map<SplitName, Split> splits) {
        return splits.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new NamedSplit(entry.getKey(), entry.getValue()))
                .toList();
    }
}
