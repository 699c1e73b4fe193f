package dev.slipway.standalone.cli;

import dev.slipway.kernel.Service;
import dev.slipway.standalone.ServerSettings;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where a server listens, and where it keeps its data. */
final class ServerOptions {
    @Option(
            names = "--host",
            defaultValue = "${env:SLIPWAY_HOST:-127.0.0.1}",
            description = "Address to listen on; other than loopback only with authentication configured"
                    + " (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "${env:SLIPWAY_PORT:-8080}",
            description = "Port to listen on; 0 takes a free one and prints it (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:SLIPWAY_DATA:-data}",
            description = "Folder of the embedded stores (default: ${DEFAULT-VALUE}).")
    private Path data;

    ServerSettings settings(Set<Service> services) {
        return new ServerSettings(host, port, data, services);
    }
}
