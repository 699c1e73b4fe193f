package dev.slipway.standalone.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which server a command asks. */
final class ServerAddress {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:SLIPWAY_SERVER:-http://127.0.0.1:8080}",
            description = "Address of Slipway (default: ${DEFAULT-VALUE}).")
    private URI uri;

    URI uri() {
        return uri;
    }
}
