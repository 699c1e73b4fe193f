package dev.slipway.standalone;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.standalone.cli.SlipwayCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prepares the commands about model files for a fast start: carries them out once on a small model, so that the JVM can
 * archive the classes that they load, and lays ONNX Runtime's natives where they need not be unpacked each time.
 */
public final class StartTraining {
    private static final String NATIVES = "ai/onnxruntime/native/";

    private StartTraining() {}

    /** Takes a folder for the model and its results, and one for the natives. */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Files.createDirectories(Path.of(arguments[0]));
        unpackNatives(Files.createDirectories(Path.of(arguments[1])));
        String model = Files.write(scratch.resolve("model.onnx"), classifier()).toString();
        String converted = scratch.resolve("model.tflite").toString();
        int failures = SlipwayCommand.execute("convert", model, "-o", converted)
                + SlipwayCommand.execute("inspect", model)
                + SlipwayCommand.execute("verify", model, converted)
                + SlipwayCommand.execute("bench", converted, "--runs", "1", "--warmup", "0");
        System.exit(failures);
    }

    /** A convolution and a classifier, as most models have them. */
    private static byte[] classifier() {
        return OnnxWriter.write(OnnxGraphBuilder.named("classifier")
                .input("image", OnnxGraphBuilder.batch("N", 3, 8, 8))
                .initializer(OnnxTensor.float32("kernel", List.of(2, 3, 3, 3), new float[54]))
                .initializer(OnnxTensor.float32("weights", List.of(2, 4), new float[8]))
                .node("Conv", List.of("image", "kernel"), "convolved")
                .node("Relu", List.of("convolved"), "features")
                .node("GlobalAveragePool", List.of("features"), "pooled")
                .node("Flatten", List.of("pooled"), "flat")
                .node("MatMul", List.of("flat", "weights"), "scores")
                .node("Softmax", List.of("scores"), "classes", Map.of("axis", AttributeValue.integer(-1)))
                .output("classes", OnnxGraphBuilder.batch("N", 4))
                .build());
    }

    /** Nothing is unpacked on platforms that ONNX Runtime's jar names otherwise; it then does so itself. */
    private static void unpackNatives(Path folder) throws IOException {
        for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String name = System.mapLibraryName(library);
            try (InputStream file =
                    StartTraining.class.getClassLoader().getResourceAsStream(NATIVES + platform() + "/" + name)) {
                if (file != null) {
                    Path part = folder.resolve(name + ".part");
                    Files.deleteIfExists(part);
                    Files.copy(file, part);
                    Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        String known = system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux";
        return known + "-" + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
    }
}
