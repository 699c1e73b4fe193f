package dev.slipway.store.cassandra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.cassandra.server.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all the tests of this JVM that do it no harm: a test class takes it as a parameter of its constructor. Skips
 * the tests where no server can run.
 */
final class SharedServer implements BeforeAllCallback, ParameterResolver {
    /** Stops the server and removes its folder after the last test. */
    record Running(CassandraServer server, Path folder) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("cassandra");
                return new Running(CassandraServer.start(folder, ServerKind.FAST), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        CassandraSettings settings(String keyspace) {
            return CassandraSettings.of(List.of(server.contactPoint()), CassandraServer.DATACENTER, keyspace, 1);
        }

        /** Settings of a keyspace that nobody else uses. */
        CassandraSettings fresh() {
            return settings("k" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT));
        }

        @Override
        public void close() throws IOException {
            server.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(CassandraServer.available(), CassandraServer.needed());
        running(context);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context);
    }
}
