package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files by which a service and its child tell each other of one job. Closing it removes them. */
public record JobFolder(Path path) implements AutoCloseable {

    /** An empty folder that only this user can read. */
    public static JobFolder create() {
        try {
            return new JobFolder(Files.createTempDirectory("slipway-conversion-"));
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "conversion.folder", "No folder for a conversion can be made: " + e.getMessage() + ".", e);
        }
    }

    public Path request() {
        return path.resolve("request.json");
    }

    /** The ONNX model. */
    public Path model() {
        return path.resolve("model.onnx");
    }

    /** The samples of the test split. */
    public Path samples() {
        return path.resolve("samples.npy");
    }

    /** The labels of the test split. */
    public Path labels() {
        return path.resolve("labels.npy");
    }

    /** Samples that ranges are found on; only there if the request says so. */
    public Path calibration() {
        return path.resolve("calibration.npy");
    }

    public Path outcome() {
        return path.resolve("outcome.json");
    }

    /** The converted file. */
    public Path converted() {
        return path.resolve("converted");
    }

    /** The report for programs. */
    public Path reportJson() {
        return path.resolve("report.json");
    }

    /** The report as a page. */
    public Path reportPage() {
        return path.resolve("report.html");
    }

    @Override
    public void close() {
        remove(path);
    }

    /** Removes a folder with all that is in it, as far as that can be done. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A folder for temporary files: the system removes what is left in it.
            folder.toFile().deleteOnExit();
        }
    }
}
