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
            "SLIPWAY_DATASET_URL=http://127.0.0.1:8081, and all share one SLIPWAY_SERVICE_TOKEN."
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
