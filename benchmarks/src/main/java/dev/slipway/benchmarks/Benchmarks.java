package dev.slipway.benchmarks;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Runs the load programs against a server of its own in an empty folder, and prints what they measure. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("slipway-benchmark");
        System.out.printf("%d processors, Java %s%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
        Caller caller = new Caller("benchmark", Set.of(Role.ADMIN), Workspace.DEFAULT);
        try (SlipwayServer server =
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()))) {
            Callers callers = server.bean(Callers.class);
            new MetricAppends(server, callers, caller, data.resolve("peer.db")).run(System.out);
            new RunSearch(server, callers, caller).run(System.out);
        } finally {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
