package dev.slipway.registry.onnx;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the ONNX model in a folder that MLflow's clients have logged. A model whose weights lie in files beside it, as MLflow
 * writes larger ones, is put together into one file, which is what conversions and gates take.
 */
@Singleton
public final class OnnxFinder {
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\]{1,255}");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    // A provider, because the training service in turn asks the registry.
    private final Provider<ArtifactsApi> tree;
    private final ArtifactStore artifacts;
    private final int maximumSize;

    OnnxFinder(
            Provider<ArtifactsApi> tree,
            ArtifactStore artifacts,
            @Value("${slipway.registry.maximum-artifact-size:536870912}") int maximumSize) {
        this.tree = tree;
        this.artifacts = artifacts;
        this.maximumSize = maximumSize;
    }

    /**
     * What is at the address.
     *
     * @param location of the model's folder; null for none, and anything that does not lie here is as good as none
     * @param classes the labels that somebody has told, with commas between them; null for none
     */
    public FoundOnnx at(@Nullable String location, @Nullable String classes) {
        if (location == null || !ArtifactPath.isAddress(location)) {
            return FoundOnnx.NONE;
        }
        LoggedFolder folder = new LoggedFolder(ArtifactPath.ofAddress(location).toString(), tree.get(), artifacts);
        try {
            Optional<ArtifactInfo> file = folder.file("MLmodel");
            if (file.isEmpty()) {
                return FoundOnnx.NONE;
            }
            MlModel described = MlModel.read(folder.read(file.get(), MlModel.MAX_SIZE));
            return described.onnxFile().isEmpty() ? FoundOnnx.NONE : found(folder, described, classes);
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.INTERNAL) {
                throw e;
            }
            // Whoever registers it is not to be kept from that; what is wrong is told with the version.
            return FoundOnnx.unusable(e.getMessage());
        }
    }

    private FoundOnnx found(LoggedFolder folder, MlModel described, @Nullable String classes) {
        String name = described.onnxFile().orElseThrow();
        if (!FILE_NAME.matcher(name).matches()) {
            return FoundOnnx.unusable("MLmodel names '" + name + "' as the ONNX model, which is no file beside it.");
        }
        Optional<ArtifactInfo> file = folder.file(name);
        if (file.isEmpty()) {
            return FoundOnnx.unusable("MLmodel names '" + name + "' as the ONNX model, which was not logged.");
        }
        Path copy = temporary();
        try {
            folder.copyFiles(copy, maximumSize);
            OnnxModel model = OnnxReader.read(copy.resolve(name));
            return new FoundOnnx(
                    whole(copy, file.get()), OnnxForm.inputShape(model), classes(model, described, classes), null);
        } finally {
            remove(copy);
        }
    }

    /** The model in one file: its own, unless it needs those beside it. */
    private Digest whole(Path folder, ArtifactInfo file) {
        Path alone = folder.resolve(file.path().substring(file.path().lastIndexOf('/') + 1));
        try {
            byte[] bytes = Files.readAllBytes(alone);
            if (standsAlone(bytes)) {
                return file.artifact();
            }
            Path joined = folder.resolve("joined by slipway.onnx");
            Files.write(joined, OnnxWriter.write(OnnxReader.read(alone)));
            try (InputStream whole = Files.newInputStream(joined)) {
                return artifacts.put(whole, Optional.empty()).digest();
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.unreadable", "The model can't be copied to work on it: " + e.getMessage() + ".", e);
        }
    }

    private static boolean standsAlone(byte[] bytes) {
        try {
            OnnxReader.read(bytes);
            return true;
        } catch (SlipwayException e) {
            // The folder's files were enough to read it, so it is those that it lacks.
            return false;
        }
    }

    private static List<String> classes(OnnxModel model, MlModel described, @Nullable String told) {
        if (told != null && !told.isBlank()) {
            return COMMA.splitAsStream(told.strip()).distinct().toList();
        }
        return described.classes().isEmpty()
                ? OnnxForm.numberedOutputs(model)
                : described.classes().stream().distinct().toList();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("slipway-model-");
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.folder", "No folder to work on a model can be made: " + e.getMessage() + ".", e);
        }
    }

    /** It holds files only. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // A folder for temporary files: the system removes what is left in it.
            folder.toFile().deleteOnExit();
        }
    }
}
