package dev.slipway.standalone.cli;

import dev.slipway.api.lineage.ModelCard;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.fetch.DeliveryClient;
import dev.slipway.tflite.metadata.LabelFile;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "card",
        description = "Write the model card of a version from its lineage: data, metrics, gates, conversions, drift.",
        footer = {
            "",
            "As Markdown it is laid out as Hugging Face's model cards are. What lineage can't know is told by tags of",
            "the version or its model: license, authors, intended_use, out_of_scope_use, limitations, pipeline_tag."
        })
final class ModelCardCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "NAME", description = "The registered model's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private int version;

    @Mixin
    private ServerAddress server;

    @Option(
            names = "--token",
            defaultValue = "${env:SLIPWAY_TOKEN}",
            description = "API token, with the role viewer or more (default: $SLIPWAY_TOKEN).")
    private String token;

    @Option(
            names = "--describe",
            paramLabel = "FILE",
            description = "Write no Markdown, but this TFLite file with what the card says as its metadata.")
    private Path tflite;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write to (default: standard output).")
    private Path file;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (tflite != null && file == null) {
            throw new ParameterException(spec.commandLine(), "Name the file to write to with -o.");
        }
        ModelCard card = card();
        if (file == null) {
            output.print(
                    Map.of("name", card.name(), "version", card.version(), "card", card.markdown()), card.markdown());
            return;
        }
        AtomicFile.write(file, tflite == null ? card.markdown().getBytes(StandardCharsets.UTF_8) : described(card));
        output.print(
                Map.of("name", card.name(), "version", card.version(), "file", file.toString()),
                card.name() + ", version " + card.version() + ": written to " + file);
    }

    private ModelCard card() {
        try {
            return ObjectMapper.getDefault()
                    .readValue(new DeliveryClient(server.uri(), token).card(name, version), ModelCard.class);
        } catch (IOException e) {
            throw SlipwayException.invalid("card.form", "What " + server.uri() + " gave as a card can't be read.", e);
        }
    }

    private byte[] described(ModelCard card) {
        Optional<LabelFile> labels =
                card.classes().isEmpty() ? Optional.empty() : Optional.of(new LabelFile("labels.txt", card.classes()));
        Map<String, String> texts = Map.of(
                "description", card.description(),
                "version", Integer.toString(card.version()),
                "author", card.authors(),
                "license", card.license());
        try {
            return MetadataOptions.describe(Files.readAllBytes(tflite), card.name(), texts, Optional.empty(), labels);
        } catch (IOException e) {
            throw SlipwayException.notFound("card.file", "Can't read " + tflite + ": " + e + ".");
        }
    }
}
