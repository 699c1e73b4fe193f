package dev.slipway.standalone.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = "Tell what a model file holds and, of an ONNX model, what of it would not convert and why.",
        footer = {"", "Works without a server."})
final class InspectCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "An .onnx, .tflite or .ort file.")
    private Path file;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ModelSummary summary = new ModelInspector().inspect(file);
        output.print(summary.toObject(), summary.toText());
    }
}
