package dev.slipway.onnx.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of models as ONNX Runtime rewrites them. */
final class SavedModel {
    /** What ONNX Runtime writes. */
    enum Format {
        ONNX,
        ORT
    }

    private SavedModel() {}

    /** The file's bytes; closes the weights. */
    static byte[] bytes(Weights model, SessionSettings settings, Format format) {
        Path folder = null;
        Path file = null;
        try {
            folder = Files.createTempDirectory("slipway-model");
            file = folder.resolve("model");
            save(model, settings, format, file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.temporary-file", "Can't write the rewritten model to a temporary file: " + e, e);
        } finally {
            delete(file);
            delete(folder);
        }
    }

    /** Writes the file; closes the weights. Fails with {@code onnx.unusable} if ONNX Runtime can't load the model. */
    static void save(Weights model, SessionSettings settings, Format format, Path file) {
        try (model;
                OrtSession.SessionOptions options = Ort.options(settings)) {
            options.addConfigEntry("session.save_model_format", format.name());
            options.setOptimizedModelFilePath(file.toString());
            model.load(options, settings).close();
        } catch (OrtException e) {
            throw Ort.unusable("convert this model to the " + format + " format", e);
        }
    }

    static Weights weights(OnnxModel model) {
        OnnxModel loadable = LoadableModel.of(model);
        try {
            return Weights.of(loadable);
        } catch (OrtException e) {
            throw Ort.unusable("take this model's weights", e);
        }
    }

    static void delete(Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.temporary-file", "Can't delete the temporary file " + path + "; delete it by hand.", e);
        }
    }
}
