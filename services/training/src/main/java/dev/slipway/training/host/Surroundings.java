package dev.slipway.training.host;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/** Looks at what trainings are carried out with and in. */
@Singleton
public final class Surroundings {
    private static final List<String> SETTINGS = List.of(
            "ai.djl.pytorch.num_threads", "ai.djl.pytorch.num_interop_threads", "ai.djl.pytorch.graph_optimizer");

    private final HostTools tools;
    private final boolean git;
    private final String version;

    Surroundings(
            HostTools tools,
            @Value("${slipway.training.git:true}") boolean git,
            @Value("${slipway.version:unknown}") String version) {
        this.tools = tools;
        this.git = git;
        this.version = version;
    }

    /** The checkout that this process works in; empty when it works in none or shall not look. */
    public Optional<GitCheckout> checkout() throws InterruptedException {
        return git ? GitCheckout.of(tools.folder()) : Optional.empty();
    }

    /** Those of a process that has no settings. */
    public static Surroundings ofWorker(String version) {
        return new Surroundings(HostTools.ofThisMachine(), false, version);
    }

    /** What is there for a training with this engine. */
    public Environment environment(Engine engine) throws InterruptedException {
        return new Environment(
                version,
                new Environment.OperatingSystem(property("os.name"), property("os.version"), property("os.arch")),
                new Environment.VirtualMachine(
                        property("java.vm.name"),
                        property("java.vm.vendor"),
                        Runtime.version().toString(),
                        Runtime.getRuntime().maxMemory()),
                libraries(engine),
                settings(),
                processor(),
                new SystemInfo().getHardware().getMemory().getTotal(),
                graphicsProcessors());
    }

    private static Map<String, String> libraries(Engine engine) {
        Map<String, String> libraries = new TreeMap<>();
        libraries.put("djl", Engine.getDjlVersion());
        libraries.put(engine.getEngineName().toLowerCase(Locale.ROOT), engine.getVersion());
        libraries.put("onnxruntime", onnxRuntime());
        return libraries;
    }

    /** As its jar says: to ask it would set up its environment, once for the whole process. */
    private static String onnxRuntime() {
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (String name : SETTINGS) {
            String value = System.getProperty(name);
            if (value != null) {
                settings.put(name, value);
            }
        }
        return settings;
    }

    private static Environment.Processor processor() {
        CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
        return new Environment.Processor(
                processor.getProcessorIdentifier().getName(),
                processor.getPhysicalProcessorCount(),
                processor.getLogicalProcessorCount());
    }

    private List<Environment.GraphicsProcessor> graphicsProcessors() throws InterruptedException {
        if (tools.nvidia().isEmpty()) {
            return List.of();
        }
        return tools.nvidia().get().gpus().stream()
                .map(gpu -> new Environment.GraphicsProcessor(
                        gpu.name(),
                        gpu.driver(),
                        gpu.memory() == null ? 0 : gpu.memory().longValue()))
                .toList();
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
