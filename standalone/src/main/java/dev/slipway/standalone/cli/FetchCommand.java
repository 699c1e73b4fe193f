package dev.slipway.standalone.cli;

import dev.slipway.standalone.fetch.DeliveryClient;
import dev.slipway.standalone.fetch.FetchedFile;
import dev.slipway.standalone.fetch.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fetch",
        description = "Fetch the released files of a model, as a mobile build does, verifying signature and checksums.",
        footer = {"", "Downloads are resumed where they stopped; a file that is already there is not fetched again."})
final class FetchCommand implements Runnable {
    @Parameters(paramLabel = "MODEL", description = "The registered model's name.")
    private String model;

    @Option(names = "--channel", defaultValue = "production", description = "Channel (default: ${DEFAULT-VALUE}).")
    private String channel;

    @Mixin
    private ServerAddress server;

    @Option(
            names = "--token",
            defaultValue = "${env:SLIPWAY_TOKEN}",
            description = "API token, with the role device or more (default: $SLIPWAY_TOKEN).")
    private String token;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "JSON Web Key Set to trust (default: the keys that the server names).")
    private Path keys;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder to write to (default: the current one).")
    private Path folder;

    @Mixin
    private Output output;

    @Override
    public void run() {
        DeliveryClient client = new DeliveryClient(server.uri(), token, keys);
        Manifest manifest = client.manifest(model, channel);
        List<FetchedFile> files = client.fetch(manifest, folder);
        output.print(
                Map.of(
                        "model",
                        manifest.model(),
                        "channel",
                        manifest.channel(),
                        "version",
                        manifest.version(),
                        "release",
                        manifest.release(),
                        "files",
                        files.stream()
                                .map(file -> Map.of(
                                        "target", file.entry().target(),
                                        "precision", file.entry().precision(),
                                        "layout",
                                                Objects.requireNonNullElse(
                                                        file.entry().layout(), "KEEP"),
                                        "path", file.path().toString(),
                                        "size", file.entry().size(),
                                        "sha256", file.entry().sha256()))
                                .toList()),
                String.format(
                        Locale.ROOT,
                        "%s, channel %s: version %d, release %d, signature verified%n%s",
                        manifest.model(),
                        manifest.channel(),
                        manifest.version(),
                        manifest.release(),
                        files.stream()
                                .map(file -> String.format(
                                        Locale.ROOT,
                                        "  %s (%,d bytes, checksum verified)",
                                        file.path(),
                                        file.entry().size()))
                                .collect(Collectors.joining(System.lineSeparator()))));
    }
}
