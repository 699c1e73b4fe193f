package dev.slipway.standalone.distributed;

import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.cassandra.server.ServerKind;
import dev.slipway.kernel.Service;
import dev.slipway.s3.server.S3ServerProcess;
import dev.slipway.standalone.contract.ServerProcess;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A distributed installation: every service and the gateway as a process of its own, on a real Cassandra and an S3 server;
 * the graph in the data folder that they share, or in the ArangoDB that {@code SLIPWAY_TEST_ARANGODB_URL} names. Each process
 * listens on a port that it keeps, so that it can be killed and come back.
 */
final class Installation implements AutoCloseable {
    private static final String HEAP = "-Xmx192m";
    private static final String SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String ARANGODB = System.getenv("SLIPWAY_TEST_ARANGODB_URL");

    private final Path data;
    private final CassandraServer cassandra;
    private final S3ServerProcess s3;
    private final Map<Service, Integer> ports;
    private final Map<String, String> environment;
    private final Map<Service, ServerProcess> processes = new ConcurrentHashMap<>();

    private Installation(Path folder, CassandraServer cassandra, S3ServerProcess s3) throws IOException {
        this.data = folder.resolve("data");
        this.cassandra = cassandra;
        this.s3 = s3;
        this.ports = freePorts();
        this.environment = environment();
    }

    /** Returns when all processes listen. */
    static Installation start(Path folder) throws IOException {
        CassandraServer cassandra = CassandraServer.start(folder.resolve("cassandra"), ServerKind.DURABLE);
        S3ServerProcess s3 = S3ServerProcess.start(folder.resolve("s3"));
        Installation installation = new Installation(folder, cassandra, s3);
        try {
            // The first one makes the schemas; the others start together.
            installation.launch(Service.GATEWAY);
            CompletableFuture<?>[] starts = installation.ports.keySet().stream()
                    .filter(service -> service != Service.GATEWAY)
                    .map(service -> CompletableFuture.runAsync(() -> installation.launch(service)))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(starts).join();
            return installation;
        } catch (RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    private static Map<Service, Integer> freePorts() throws IOException {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Service service : Service.values()) {
                if (service != Service.RUNTIME) {
                    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    held.add(socket);
                    ports.put(service, socket.getLocalPort());
                }
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return ports;
    }

    private Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        variables.put("SLIPWAY_SERVICE_TOKEN", SERVICE_TOKEN);
        variables.put("SLIPWAY_CASSANDRA_CONTACT_POINTS", cassandra.contactPoint());
        variables.put("SLIPWAY_CASSANDRA_DATACENTER", CassandraServer.DATACENTER);
        variables.put("SLIPWAY_S3_URL", s3.endpoint().toString());
        variables.put("SLIPWAY_S3_BUCKET", "slipway");
        variables.put("SLIPWAY_S3_ACCESS_KEY", s3.accessKey());
        variables.put("SLIPWAY_S3_SECRET_KEY", s3.secretKey());
        if (ARANGODB != null) {
            variables.put("SLIPWAY_ARANGODB_URL", ARANGODB);
            variables.put(
                    "SLIPWAY_ARANGODB_DATABASE",
                    "slipway_test_" + ProcessHandle.current().pid());
        }
        ports.forEach(
                (service, port) -> variables.put("SLIPWAY_" + service.name() + "_URL", "http://127.0.0.1:" + port));
        return Map.copyOf(variables);
    }

    private void launch(Service service) {
        processes.put(
                service, ServerProcess.start(data, environment, List.of(service.wireName()), ports.get(service), HEAP));
    }

    /** SIGKILL, and a new process at the same address; the future is done when it listens. */
    CompletableFuture<Void> killAndRestart(Service service) {
        processes.get(service).kill();
        return CompletableFuture.runAsync(() -> launch(service));
    }

    CompletableFuture<Void> killAndRestartCassandra() {
        cassandra.kill();
        return CompletableFuture.runAsync(cassandra::restart);
    }

    CompletableFuture<Void> killAndRestartS3() {
        s3.kill();
        return CompletableFuture.runAsync(s3::restart);
    }

    /** The one public address. */
    URI gateway() {
        return URI.create("http://127.0.0.1:" + ports.get(Service.GATEWAY));
    }

    URI address(Service service) {
        return URI.create("http://127.0.0.1:" + ports.get(service));
    }

    /** A process that runs no service: the contracts of all of them over HTTP, and the same stores. */
    ApplicationContext client() {
        Map<String, Object> properties = new HashMap<>();
        environment.forEach((name, value) -> properties.put(property(name), value));
        properties.put("slipway.data", data.toString());
        ports.forEach((service, port) -> {
            properties.put("slipway.services." + service.wireName(), false);
            properties.put("micronaut.http.services." + service.wireName() + ".url", "http://127.0.0.1:" + port);
        });
        // The jobs are served by every process; the client asks the one that trains.
        properties.put("slipway.services.runtime", false);
        properties.put(
                "micronaut.http.services.runtime.url", address(Service.TRAINING).toString());
        return ApplicationContext.builder().properties(properties).banner(false).start();
    }

    /** {@code SLIPWAY_S3_ACCESS_KEY} as {@code slipway.s3.access-key}. */
    private static String property(String variable) {
        List<String> parts = Arrays.asList(variable.toLowerCase(Locale.ROOT).split("_", 3));
        return parts.size() == 3 && !variable.equals("SLIPWAY_SERVICE_TOKEN")
                ? parts.get(0) + "." + parts.get(1) + "." + parts.get(2).replace('_', '-')
                : "slipway.service-token";
    }

    /** What all processes have printed lately. */
    String output() {
        StringBuilder all = new StringBuilder();
        processes.forEach((service, process) -> all.append("== ")
                .append(service)
                .append(process.isAlive() ? "" : " (ended)")
                .append('\n')
                .append(process.output())
                .append('\n'));
        return all.toString();
    }

    @Override
    public void close() {
        processes.values().forEach(ServerProcess::kill);
        s3.close();
        cassandra.close();
    }
}
