package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.conversion.child.JobFolder;
import dev.slipway.conversion.tvm.TvmWork;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds and fetches what a conversion is made of: the ONNX model, and samples of the dataset that it was trained on. */
@Singleton
final class ConversionSource {
    private final Provider<RegistryApi> registry;
    private final Provider<DatasetApi> datasets;
    private final ArtifactStore artifacts;
    private final ConversionSettings settings;
    private final ConverterVersion converter;

    ConversionSource(
            Provider<RegistryApi> registry,
            Provider<DatasetApi> datasets,
            ArtifactStore artifacts,
            ConversionSettings settings,
            ConverterVersion converter) {
        this.registry = registry;
        this.datasets = datasets;
        this.artifacts = artifacts;
        this.settings = settings;
        this.converter = converter;
    }

    ConversionRecipe recipe(Conversion asked) {
        ModelVersion version = version(asked.modelVersion());
        Optional<DatasetVersionId> calibration = asked.precision().isCalibrated()
                ? Optional.ofNullable(asked.calibration() == null ? version.datasetVersion() : asked.calibration())
                : Optional.empty();
        return ConversionRecipe.of(
                asked,
                version,
                test(asked, version),
                calibration,
                calibration.map(dataset -> split(dataset, SplitName.TRAIN).samples()),
                settings,
                asked.target() == Target.TVM ? TvmWork.version() : converter.digest());
    }

    /** Writes what the recipe names into the folder, as a stream. */
    void fetch(ConversionRecipe recipe, JobFolder to) {
        fetch(recipe.model(), to.model());
        recipe.test().ifPresent(test -> {
            fetch(test.samples(), to.samples());
            fetch(test.labels(), to.labels());
        });
        recipe.calibrationSamples().ifPresent(samples -> fetch(samples, to.calibration()));
    }

    private ModelVersion version(ModelVersionId id) {
        Entity<ModelVersionId, ModelVersion> version = registry.get().version(id);
        if (version == null) {
            throw SlipwayException.notFound("model-version.unknown", "The model version " + id + " is gone.");
        }
        return version.body();
    }

    /** Empty when nobody has told what the model was trained on: random samples stand in for it, if their shape is known. */
    private Optional<Split> test(Conversion asked, ModelVersion version) {
        DatasetVersionId dataset = version.datasetVersion();
        if (dataset == null && asked.target() == Target.TVM) {
            throw SlipwayException.invalid(
                    "conversion.no-samples",
                    "A conversion to TVM is verified on a test split, and nobody has told what version "
                            + version.number() + " was trained on; convert it to another target.");
        }
        if (dataset == null && version.inputShape().isEmpty()) {
            throw SlipwayException.invalid(
                    "conversion.no-samples",
                    "Nobody has told what version " + version.number()
                            + " was trained on, nor does it declare the whole shape of one input, so there are no samples to"
                            + " verify a file on. Export the model with fixed lengths but for the batch.");
        }
        return Optional.ofNullable(dataset).map(id -> split(id, SplitName.TEST));
    }

    private Split split(DatasetVersionId id, SplitName name) {
        Entity<DatasetVersionId, DatasetVersion> version = datasets.get().version(id);
        if (version == null) {
            throw SlipwayException.notFound(
                    "dataset-version.unknown",
                    "There is no dataset version " + id + " to verify or calibrate the converted file on.");
        }
        Split split = version.body().splits().get(name);
        if (split == null) {
            String splitName = name.name().toLowerCase(Locale.ROOT);
            throw SlipwayException.invalid(
                    "conversion." + splitName + "-split",
                    "The dataset version " + id + " has no " + splitName + " split, which the conversion needs.");
        }
        return split;
    }

    private void fetch(Digest digest, Path file) {
        long size = artifacts.size(digest).orElse(0);
        if (size > settings.maximumArtifactSize()) {
            throw SlipwayException.tooLarge(
                    "artifact.too-large",
                    "Artifact " + digest + " is larger than the " + settings.maximumArtifactSize()
                            + " bytes allowed here; raise slipway.conversion.maximum-artifact-size.");
        }
        try (InputStream bytes = artifacts.open(digest, 0, OptionalLong.empty())) {
            Files.copy(bytes, file);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "artifact.unreadable", "Artifact " + digest + " can not be read: " + e.getMessage(), e);
        }
    }
}
