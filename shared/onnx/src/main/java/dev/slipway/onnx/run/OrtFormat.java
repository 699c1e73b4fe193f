package dev.slipway.onnx.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** ONNX Runtime's own file format, which its reduced builds for phones load. */
public final class OrtFormat {
    private static final byte[] IDENTIFIER = "ORTM".getBytes(StandardCharsets.US_ASCII);
    private static final int IDENTIFIER_AT = 4;

    private OrtFormat() {}

    /** Whether these bytes say of themselves that they are an ORT-format model. */
    public static boolean isOrtFormat(byte[] file) {
        return file.length >= IDENTIFIER_AT + IDENTIFIER.length
                && Arrays.equals(
                        IDENTIFIER, Arrays.copyOfRange(file, IDENTIFIER_AT, IDENTIFIER_AT + IDENTIFIER.length));
    }

    /** Fails with {@code onnx.unusable} if ONNX Runtime can't load the model. */
    public static byte[] convert(byte[] onnx) {
        Path folder = null;
        Path file = null;
        try {
            folder = Files.createTempDirectory("slipway-ort");
            file = folder.resolve("model.ort");
            save(onnx, file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.temporary-file", "Can't write the ORT-format model to a temporary file: " + e, e);
        } finally {
            delete(file);
            delete(folder);
        }
    }

    private static void save(byte[] onnx, Path file) {
        try (OrtSession.SessionOptions options = Ort.options(SessionSettings.standard())) {
            options.addConfigEntry("session.save_model_format", "ORT");
            // Only rewrites that hold on any processor: the phone's is not this machine's.
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
            options.setOptimizedModelFilePath(file.toString());
            Ort.environment().createSession(onnx, options).close();
        } catch (OrtException e) {
            throw Ort.unusable("convert this model to the ORT format", e);
        }
    }

    private static void delete(Path path) {
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
