package dev.slipway.conversion.tvm;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * TVM's compiler with what it needs, in a Python environment of its own.
 *
 * @param folder of the environment
 */
public record TvmToolchain(Path folder) {
    /** What its command is called with. */
    public static final String NAME = "tvm";

    /** What is installed from the Python package index. */
    public static final List<String> PACKAGES = List.of("apache-tvm==0.27.*", "onnx", "onnxruntime", "numpy");

    private static final String VERSION_CHECK = "import sys; sys.exit(sys.version_info < (3, 10))";
    private static final String COMPLETE = "slipway-complete";

    /** That of an installation of Slipway. */
    public static TvmToolchain in(Path data) {
        return new TvmToolchain(data.resolve("toolchains").resolve(NAME).toAbsolutePath());
    }

    /** Whether it was installed to the end. */
    public boolean isInstalled() {
        return Files.exists(folder.resolve(COMPLETE)) && Files.isExecutable(interpreter());
    }

    /** The environment's Python; {@code conversion.toolchain} without one. */
    Path python() {
        if (!isInstalled()) {
            throw SlipwayException.unsupported(
                    "conversion.toolchain",
                    "TVM's compiler is not installed at " + folder + ". Install it with: slipway toolchain install tvm"
                            + " (with --data if the data folder is not the usual one), then convert again.");
        }
        return interpreter();
    }

    /**
     * Makes the environment anew.
     *
     * @param python the interpreter to make it with, 3.10 or newer
     * @param terminal says where the commands print
     */
    public void install(String python, UnaryOperator<ProcessBuilder> terminal) throws InterruptedException {
        run(terminal, "Python 3.10 or newer is needed; name it with --python", python, "-c", VERSION_CHECK);
        remove();
        run(terminal, "the Python environment can't be made", python, "-m", "venv", folder.toString());
        run(
                terminal,
                "its packages can't be installed",
                Stream.concat(Stream.of(interpreter().toString(), "-m", "pip", "install"), PACKAGES.stream())
                        .toArray(String[]::new));
        run(
                terminal,
                "what was installed does not work",
                interpreter().toString(),
                "-c",
                "import tvm.relax.frontend.onnx, onnxruntime");
        try {
            Files.writeString(folder.resolve(COMPLETE), String.join("\n", PACKAGES));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Removes it; false if there was none. */
    public boolean remove() {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            return true;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Path interpreter() {
        return folder.resolve("bin").resolve("python3");
    }

    private static void run(UnaryOperator<ProcessBuilder> terminal, String otherwise, String... command)
            throws InterruptedException {
        int status;
        try {
            Process process = terminal.apply(new ProcessBuilder(command)).start();
            try {
                status = process.waitFor();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw SlipwayException.notFound(
                    "conversion.toolchain", "TVM is not installed: " + otherwise + ". " + e.getMessage() + ".");
        }
        if (status != 0) {
            throw SlipwayException.unavailable(
                    "conversion.toolchain",
                    "TVM is not installed: " + otherwise + " (" + command[0] + " ended with status " + status + ").",
                    null);
        }
    }

    private SlipwayException broken(IOException cause) {
        return SlipwayException.unavailable(
                "conversion.toolchain", "Can't change " + folder + ": " + cause.getMessage() + ".", cause);
    }
}
