package dev.slipway.benchmarks;

import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.cassandra.server.ServerKind;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends of 1,000 points of 10 series each to a Cassandra on this machine, whose commit log is synced before it answers,
 * through the metric store's port, by a JVM with 128 MB of heap.
 */
final class CassandraAppends implements Measurement {
    private static final String HEAP = "-Xmx128m";

    @Override
    public void run(Path folder, PrintStream out) throws Exception {
        if (!CassandraServer.available()) {
            out.println("cassandra appends: not measured. " + CassandraServer.needed());
            return;
        }
        try (CassandraServer server =
                CassandraServer.start(Files.createDirectory(folder.resolve("cassandra")), ServerKind.DURABLE)) {
            out.println(ChildJvm.run(HEAP, CassandraProgram.class, server.contactPoint(), CassandraServer.DATACENTER));
        }
    }
}
