package dev.slipway.training.host;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;

/**
 * What a run was trained with, as it stands beside its model.
 *
 * @param slipway version
 * @param settings of the libraries that change what they compute or how fast
 * @param libraries versions by name
 */
@Serdeable
public record Environment(
        String slipway,
        OperatingSystem operatingSystem,
        VirtualMachine virtualMachine,
        Map<String, String> libraries,
        Map<String, String> settings,
        Processor processor,
        long memoryBytes,
        List<GraphicsProcessor> graphicsProcessors) {

    /** @param architecture as {@code amd64} */
    @Serdeable
    record OperatingSystem(String name, String version, String architecture) {}

    /** @param maxHeapBytes how large its heap may grow */
    @Serdeable
    record VirtualMachine(String name, String vendor, String version, long maxHeapBytes) {}

    /**
     * @param cores physical ones
     * @param threads how many of them at once, with those that share a core
     */
    @Serdeable
    record Processor(String name, int cores, int threads) {}

    /** @param memoryBytes 0 when it does not tell */
    @Serdeable
    record GraphicsProcessor(String name, String driver, long memoryBytes) {}
}
