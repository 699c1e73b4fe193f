package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty file in a folder of its own: ONNX Runtime wants to see the file whose content it is given from elsewhere. */
record EmptyWeightFile(Path folder, Path file) implements AutoCloseable {

    static EmptyWeightFile create(String name) {
        try {
            Path folder = Files.createTempDirectory("slipway-onnx");
            return new EmptyWeightFile(folder, Files.createFile(folder.resolve(name)));
        } catch (IOException e) {
            throw SlipwayException.unavailable("onnx.temporary-file", "Can't make a temporary file: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.temporary-file", "Can't delete the temporary file " + file + "; delete it by hand.", e);
        }
    }
}
