package dev.slipway.standalone.demo;

import dev.slipway.api.Sample;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.monitoring.LogLabels;
import dev.slipway.api.monitoring.LogPredictions;
import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.api.monitoring.TrueLabel;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The model in production: what it was trained and is tested on, and what its phones report. */
final class Production {
    private static final int BATCH = 100;
    private static final int MAX_SPLIT_BYTES = 64 << 20;

    private final Services services;
    private final DigitsProject digits;

    Production(Services services, DigitsProject digits) {
        this.services = services;
        this.digits = digits;
    }

    Entity<ModelVersionId, ModelVersion> version() {
        ModelVersionId id =
                services.registry().model(digits.model()).body().aliases().get(DigitsProject.CHANNEL);
        return services.registry().version(id);
    }

    /** The test split on which all versions are judged. */
    LabelledImages pinnedTestSet() {
        return testSplit(services.registry().model(digits.model()).body().pinnedTestSet());
    }

    /** The test split of what the model in production was trained on: images as it is used to see them. */
    LabelledImages usualImages() {
        return testSplit(version().body().datasetVersion());
    }

    private LabelledImages testSplit(DatasetVersionId id) {
        DatasetVersion version = services.datasets().version(id).body();
        Split test = version.splits().get(SplitName.TEST);
        Tensor images = Npy.read(services.artifacts().read(test.samples(), MAX_SPLIT_BYTES));
        List<String> labels = new ArrayList<>();
        for (float label : Npy.read(services.artifacts().read(test.labels(), MAX_SPLIT_BYTES))
                .values()) {
            labels.add(version.classes().get((int) label));
        }
        return new LabelledImages(images, labels);
    }

    /** Lets a phone look at the images, and logs what it says. */
    List<String> logPredictions(Phone phone, Tensor images, String stream) {
        ModelVersionId version = version().id();
        List<Phone.Answer> answers = phone.look(images);
        List<String> keys = new ArrayList<>();
        for (int from = 0; from < images.rows(); from += BATCH) {
            List<LoggedPrediction> batch = new ArrayList<>();
            for (int row = from; row < Math.min(from + BATCH, images.rows()); row++) {
                String key = stream + "/" + row;
                keys.add(key);
                batch.add(new LoggedPrediction(
                        key,
                        Sample.of(images.row(row)),
                        answers.get(row).label(),
                        answers.get(row).probability(),
                        System.currentTimeMillis()));
            }
            services.monitoring().logPredictions(digits.monitor(), new LogPredictions(version, batch));
        }
        return keys;
    }

    /** The true labels of a stream, which arrive later. */
    void logLabels(List<String> keys, List<String> labels) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<TrueLabel> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, keys.size()); i++) {
                batch.add(new TrueLabel(keys.get(i), labels.get(i)));
            }
            services.monitoring().logLabels(digits.monitor(), new LogLabels(batch));
        }
    }
}
