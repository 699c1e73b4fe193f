package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        description = "Convert an ONNX model for phones, and verify the result by running it against ONNX Runtime.",
        footer = {"", "Works without a server. A file that is not within the tolerance is never written."})
final class ConvertCommand implements Runnable {
    @Parameters(paramLabel = "MODEL.onnx", description = "The model; it is not changed.")
    private Path model;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description =
                    "The file to write: OUT.tflite for TensorFlow Lite, OUT.ort for ONNX Runtime's mobile format.")
    private Path out;

    @Option(
            names = "--tolerance",
            defaultValue = "1e-4",
            description = "Greatest error allowed of any output (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Target target = target();
        byte[] onnx = read();
        keepModel();
        ConversionResult result =
                new Converter().convert(onnx, ConversionOptions.to(target).withTolerance(tolerance));
        AtomicFile.write(out, result.file());
        double error = result.parity().outputs().stream()
                .mapToDouble(parity -> parity.maximumError())
                .max()
                .orElse(0);
        output.print(
                Map.of(
                        "target", target.name(),
                        "output", out.toString(),
                        "size", result.file().length,
                        "maxError", error,
                        "operators", result.operators()),
                String.format(
                        Locale.ROOT,
                        "Wrote %s: %,d bytes, within %.2g of ONNX Runtime%s",
                        out,
                        result.file().length,
                        error,
                        result.operators().isEmpty() ? "" : ", operators " + result.operators()));
    }

    private Target target() {
        String name = out.getFileName().toString();
        if (name.endsWith(".tflite")) {
            return Target.TFLITE;
        }
        if (name.endsWith(".ort")) {
            return Target.ORT;
        }
        throw SlipwayException.invalid(
                "convert.output",
                "The ending of '" + name + "' names no target: give a file that ends in .tflite or .ort.");
    }

    /** A model may have any ending, so that the output can be the model itself. */
    private void keepModel() {
        try {
            if (Files.exists(out) && Files.isSameFile(model, out)) {
                throw SlipwayException.invalid(
                        "convert.output", out + " is the model itself, which is not changed: name another file.");
            }
        } catch (IOException e) {
            throw SlipwayException.invalid("convert.output", "Can't read " + out + ": " + e.getMessage(), e);
        }
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(model);
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound("convert.no-model", "There is no file " + model + ".");
        } catch (IOException e) {
            throw SlipwayException.invalid("convert.unreadable", "Can't read " + model + ": " + e.getMessage(), e);
        }
    }
}
