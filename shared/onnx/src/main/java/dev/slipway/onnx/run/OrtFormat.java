package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/** ONNX Runtime's own file format, which its reduced builds for phones load. */
public final class OrtFormat {
    private static final byte[] IDENTIFIER = "ORTM".getBytes(StandardCharsets.US_ASCII);
    private static final int IDENTIFIER_AT = 4;

    /** Rewrites that hold on any processor: further ones would choose layouts for this machine's, not the phone's. */
    private static final SessionSettings PORTABLE =
            SessionSettings.standard().withOptimisation(SessionSettings.Optimisation.EXTENDED);

    private OrtFormat() {}

    /** Whether these bytes say of themselves that they are an ORT-format model. */
    public static boolean isOrtFormat(byte[] file) {
        return isOrtFormat(ByteBuffer.wrap(file));
    }

    /** Whether the rest of a buffer says of itself that it is an ORT-format model. */
    public static boolean isOrtFormat(ByteBuffer file) {
        if (file.remaining() < IDENTIFIER_AT + IDENTIFIER.length) {
            return false;
        }
        byte[] identifier = new byte[IDENTIFIER.length];
        file.get(file.position() + IDENTIFIER_AT, identifier);
        return Arrays.equals(IDENTIFIER, identifier);
    }

    /**
     * The operators of an ORT-format model, one for each node, those in bodies too. Fails with {@code onnx.malformed} if
     * this is no such model.
     */
    public static List<OrtOperator> operators(ByteBuffer file) {
        if (!isOrtFormat(file)) {
            throw SlipwayException.invalid(
                    "onnx.malformed",
                    "This is no ORT-format file: it does not begin with ORTM. Convert the model first.");
        }
        return OrtNodes.of(file);
    }

    /** Fails with {@code onnx.unusable} if ONNX Runtime can't load the model. */
    public static byte[] convert(byte[] onnx) {
        return convert(Weights.within(onnx));
    }

    /** Fails with {@code onnx.unusable} if ONNX Runtime can't load the model. */
    public static byte[] convert(OnnxModel model) {
        return convert(SavedModel.weights(model));
    }

    /**
     * Writes a model to a file, which is replaced at the end if it is there. Fails with {@code onnx.unusable} if ONNX
     * Runtime can't load the model, and with {@code onnx.unwritable}.
     */
    public static void write(OnnxModel model, Path file) {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            SavedModel.save(SavedModel.weights(model), PORTABLE, SavedModel.Format.ORT, part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "onnx.unwritable", "Can't write " + file + ": " + e + ". Check path, permissions and space.", e);
        } finally {
            SavedModel.delete(part);
        }
    }

    private static byte[] convert(Weights model) {
        return SavedModel.bytes(model, PORTABLE, SavedModel.Format.ORT);
    }
}
