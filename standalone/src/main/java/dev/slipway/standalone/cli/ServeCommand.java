package dev.slipway.standalone.cli;

import dev.slipway.kernel.Service;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        description = "Run services until stopped: all of them in one process, or those named.",
        footer = {
            "",
            "A process that runs some services reaches the others by SLIPWAY_<SERVICE>_URL, as in",
            "SLIPWAY_DATASET_URL=http://127.0.0.1:8081 (several replicas separated by commas), and all",
            "share one SLIPWAY_SERVICE_TOKEN. The gateway is the public address of all of them.",
            "",
            "Each store is embedded in the data folder unless its server is named:",
            "  graph      SLIPWAY_ARANGODB_URL, _DATABASE, _USER, _PASSWORD",
            "  metrics    SLIPWAY_CASSANDRA_CONTACT_POINTS, _DATACENTER, _KEYSPACE, _USER, _PASSWORD,",
            "             _REPLICATION, _TTL, _TLS",
            "  artifacts  SLIPWAY_S3_URL, _BUCKET, _PREFIX, _REGION, _ACCESS_KEY, _SECRET_KEY, _ENCRYPTION",
            "Passwords may stand in files: SLIPWAY_S3_SECRET_KEY_FILE and the like."
        })
final class ServeCommand implements Runnable {
    @Parameters(
            arity = "0..*",
            paramLabel = "SERVICE",
            description = "labeling, dataset, training, registry, conversion, monitoring, lineage, gateway"
                    + " (default: all of them).")
    private List<String> services = List.of();

    @Mixin
    private ServerOptions options;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Set<Service> chosen = services.isEmpty()
                ? ServerSettings.allServices()
                : services.stream().map(Service::of).collect(Collectors.toUnmodifiableSet());
        SlipwayServer server = SlipwayServer.start(options.settings(chosen));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        String names = chosen.stream().map(Service::wireName).sorted().collect(Collectors.joining(", "));
        output.print(
                Map.of("url", server.uri().toString(), "port", server.uri().getPort(), "services", names),
                "Slipway listens on " + server.uri() + " (" + names + ")");
        awaitTheEnd(server);
    }

    /** Returns only when a test interrupts it; a signal ends the process from the shutdown hook. */
    private static void awaitTheEnd(SlipwayServer server) {
        try {
            throw server.refusal().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the future holds an exception as its value", e);
        }
    }
}
