package dev.slipway.cassandra.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Cassandra 5 for tests: a process of its own on loopback ports of its own, ready about 10 s after its start, with
 * 256 MB of heap. It dies with the process that started it, however that ends.
 *
 * <p>Its one node is in datacenter {@value #DATACENTER}. Not safe for use by several threads.
 */
public final class CassandraServer implements AutoCloseable {
    /** The datacenter that clients name. */
    public static final String DATACENTER = "datacenter1";

    private final Path folder;
    private final ServerKind kind;
    private final Path java;
    private final int port;
    private ServerProcess process;

    private CassandraServer(Path folder, ServerKind kind, Path java, int port) {
        this.folder = folder;
        this.kind = kind;
        this.java = java;
        this.port = port;
    }

    /** Whether this machine can run the server: it needs a JDK 17. Tests that need it are skipped where this is false. */
    public static boolean available() {
        return JavaHome.find().isPresent();
    }

    /** Why {@link #available()} is false and what to do about it. */
    public static String needed() {
        return "Cassandra 5.0 runs on JDK 17 only and none was found: name one by SLIPWAY_TEST_JAVA17_HOME.";
    }

    /**
     * Starts a server; returns once clients can connect.
     *
     * @param folder an empty folder for its data, its configuration and its log, {@code server.log}
     * @throws IllegalStateException if it can't be started, with the end of its log
     */
    public static CassandraServer start(Path folder, ServerKind kind) {
        Path java = JavaHome.find().orElseThrow(() -> new IllegalStateException(needed()));
        try {
            List<Integer> ports = freePorts(3);
            Path absolute = Files.createDirectories(folder).toAbsolutePath();
            configure(absolute, kind, ports);
            CassandraServer server = new CassandraServer(absolute, kind, java, ports.get(0));
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("can't start Cassandra in " + folder, e);
        }
    }

    /** All are held before the first is given back, so that they differ. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static void configure(Path folder, ServerKind kind, List<Integer> ports) throws IOException {
        String yaml = resource("cassandra.yaml")
                .replace("@FOLDER@", folder.toString())
                .replace("@NATIVE_PORT@", ports.get(0).toString())
                .replace("@STORAGE_PORT@", ports.get(1).toString())
                .replace("@SSL_STORAGE_PORT@", ports.get(2).toString())
                .replace("@AUTHENTICATOR@", kind.authenticator);
        Files.writeString(folder.resolve("cassandra.yaml"), yaml + kind.commitLog);
        Files.writeString(folder.resolve("logback.xml"), resource("server-logback.xml"));
        String unsafe = "-Dcassandra.unsafesystem=true\n-Dcassandra.test.flush_local_schema_changes=false\n";
        Files.writeString(folder.resolve("jvm.options"), resource("jvm.options") + (kind.unsafe ? unsafe : ""));
    }

    private static String resource(String name) throws IOException {
        try (InputStream bytes = CassandraServer.class.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IOException(name + " is missing: build the module slipway-cassandra-server again");
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where clients connect, as {@code host:port}; the same after a restart. */
    public String contactPoint() {
        return "127.0.0.1:" + port;
    }

    /** SIGKILL, as by {@code kill -9}. Only a {@link ServerKind#DURABLE} server can be restarted afterwards. */
    public void kill() {
        process.kill();
    }

    /** Starts the server again, once it was killed, on the same data and ports; returns once clients can connect. */
    public void restart() {
        ProcessBuilder command = new ProcessBuilder(
                java.resolve("bin/java").toString(),
                "@" + folder.resolve("jvm.options"),
                "-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + folder,
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-Djava.io.tmpdir=" + folder,
                WatchedDaemon.class.getName());
        List<String> ready = new ArrayList<>(List.of("Starting listening for CQL clients"));
        if (kind == ServerKind.WITH_PASSWORDS) {
            ready.add("Created default superuser role");
        }
        try {
            // By the environment, because the command line would be too long.
            command.environment()
                    .put(
                            "CLASSPATH",
                            ownClasses() + ":" + resource("class-path.txt").strip());
            process = new ServerProcess(command, folder.resolve("server.log"), ready);
        } catch (IOException e) {
            throw new UncheckedIOException("can't start Cassandra in " + folder, e);
        }
        process.awaitReady();
    }

    private static Path ownClasses() {
        try {
            return Path.of(CassandraServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("can't tell where this class was loaded from", e);
        }
    }

    /** Kills the server; the folder stays. */
    @Override
    public void close() {
        process.kill();
    }
}
