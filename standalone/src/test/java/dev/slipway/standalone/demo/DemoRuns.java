package dev.slipway.standalone.demo;

import dev.slipway.standalone.cli.CommandProcess;
import dev.slipway.standalone.cli.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the demo's runs on one data folder, each made at its first use by {@code slipway demo} in its own JVM. */
public final class DemoRuns implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DemoRuns.class);

    /** The data folder, and what the runs on it have reported. */
    public static final class Data implements AutoCloseable {
        private final Path folder;
        private CommandResult first;
        private CommandResult second;

        private Data(Path folder) {
            this.folder = folder;
        }

        private static Data create() {
            try {
                return new Data(Files.createTempDirectory("slipway-demo-"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The data folder, after at least one run. */
        public Path folder() {
            first();
            return folder.resolve("data");
        }

        public synchronized CommandResult first() {
            if (first == null) {
                first = run();
            }
            return first;
        }

        public synchronized CommandResult second() {
            first();
            if (second == null) {
                second = run();
            }
            return second;
        }

        private CommandResult run() {
            try (CommandProcess demo = CommandProcess.start(
                    folder, Map.of(), "demo", "--exit", "--json", "--port", "0", "--data", "data")) {
                return demo.end();
            }
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Data.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Data.class, type -> Data.create(), Data.class);
    }
}
