package dev.slipway.standalone.cli;

import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The files of models that commands are given. */
final class ModelFile {
    private ModelFile() {}

    /** Maps an ONNX model, which is never written to. */
    static OnnxModel onnx(Path file) {
        check(file);
        return OnnxReader.read(file);
    }

    static byte[] bytes(Path file) {
        check(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SlipwayException.invalid("model.unreadable", "Can't read " + file + ": " + e + ".", e);
        } catch (OutOfMemoryError e) {
            throw SlipwayException.tooLarge("model.unreadable", file + " is too large for the memory that there is.");
        }
    }

    static void check(Path file) {
        if (Files.notExists(file)) {
            throw SlipwayException.notFound("convert.no-model", "There is no file " + file + ".");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw SlipwayException.invalid(
                    "model.unreadable", "Can't read " + file + ": it is no file, or not for you to read.");
        }
    }

    static boolean isOnnx(Path file) {
        return lowerCaseName(file).endsWith(".onnx");
    }

    /** The format that the name's ending says. */
    static Target converted(Path file) {
        for (Target target : Target.values()) {
            if (lowerCaseName(file).endsWith(target.extension())) {
                return target;
            }
        }
        throw SlipwayException.invalid(
                "model.ending", "The ending of '" + file + "' names no format: give an .onnx, .tflite or .ort file.");
    }

    private static String lowerCaseName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    }
}
