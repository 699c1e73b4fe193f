package dev.slipway.training.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Measures the machine's load and this process's part of it since the last time it was asked, under the names that MLflow
 * gives system metrics; those of the process are our own. Megabytes are millions of bytes. For use by one thread.
 */
final class HostMeter {
    private static final double MEGABYTE = 1e6;
    private static final double PERCENT = 100;

    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;
    private final Optional<NvidiaSmi> nvidia;
    private final List<NetworkIF> networks;
    private final long firstReceived;
    private final long firstSent;
    private long[] ticks;
    private OSProcess process;

    HostMeter(Optional<NvidiaSmi> nvidia) {
        SystemInfo info = new SystemInfo();
        this.hardware = info.getHardware();
        this.system = info.getOperatingSystem();
        this.nvidia = nvidia;
        this.networks = hardware.getNetworkIFs();
        this.firstReceived = received();
        this.firstSent = sent();
        this.ticks = hardware.getProcessor().getSystemCpuLoadTicks();
        this.process = system.getCurrentProcess();
    }

    /** The values of now, by name; without those that this machine does not tell. */
    Map<String, Double> measure() throws InterruptedException {
        Map<String, Double> values = new TreeMap<>();
        processor(values);
        memory(values);
        disk(values);
        network(values);
        process(values);
        if (nvidia.isPresent()) {
            nvidia.get().gpus().forEach(gpu -> gpu(gpu, values));
        }
        values.values().removeIf(value -> !Double.isFinite(value));
        return values;
    }

    private void processor(Map<String, Double> values) {
        long[] before = ticks;
        ticks = hardware.getProcessor().getSystemCpuLoadTicks();
        values.put(
                "cpu_utilization_percentage",
                PERCENT * hardware.getProcessor().getSystemCpuLoadBetweenTicks(before, ticks));
    }

    private void memory(Map<String, Double> values) {
        GlobalMemory memory = hardware.getMemory();
        double used = memory.getTotal() - memory.getAvailable();
        values.put("system_memory_usage_megabytes", used / MEGABYTE);
        values.put("system_memory_usage_percentage", PERCENT * used / memory.getTotal());
    }

    private static void disk(Map<String, Double> values) {
        try {
            FileStore disk = Files.getFileStore(Path.of("").toAbsolutePath().getRoot());
            double used = disk.getTotalSpace() - disk.getUnallocatedSpace();
            double free = disk.getUsableSpace();
            values.put("disk_usage_megabytes", used / MEGABYTE);
            values.put("disk_available_megabytes", free / MEGABYTE);
            values.put("disk_usage_percentage", PERCENT * used / (used + free));
        } catch (IOException e) {
            // A disk that can't be asked is not told of.
            return;
        }
    }

    /** What went over the network since the run began. */
    private void network(Map<String, Double> values) {
        networks.forEach(NetworkIF::updateAttributes);
        values.put("network_receive_megabytes", (received() - firstReceived) / MEGABYTE);
        values.put("network_transmit_megabytes", (sent() - firstSent) / MEGABYTE);
    }

    private long received() {
        return networks.stream().mapToLong(NetworkIF::getBytesRecv).sum();
    }

    private long sent() {
        return networks.stream().mapToLong(NetworkIF::getBytesSent).sum();
    }

    private void process(Map<String, Double> values) {
        OSProcess before = process;
        process = system.getCurrentProcess();
        values.put("process_cpu_utilization_percentage", PERCENT * process.getProcessCpuLoadBetweenTicks(before));
        values.put("process_memory_usage_megabytes", process.getResidentSetSize() / MEGABYTE);
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        values.put("jvm_heap_usage_megabytes", heap.getUsed() / MEGABYTE);
        values.put(
                "jvm_heap_usage_percentage", heap.getMax() < 0 ? Double.NaN : PERCENT * heap.getUsed() / heap.getMax());
    }

    private static void gpu(Gpu gpu, Map<String, Double> values) {
        String prefix = "gpu_" + gpu.index() + "_";
        if (gpu.utilization() != null) {
            values.put(prefix + "utilization_percentage", gpu.utilization());
        }
        if (gpu.memoryUsed() != null) {
            values.put(prefix + "memory_usage_megabytes", gpu.memoryUsed() / MEGABYTE);
        }
        if (gpu.memoryUsed() != null && gpu.memory() != null) {
            values.put(prefix + "memory_usage_percentage", PERCENT * gpu.memoryUsed() / gpu.memory());
        }
        if (gpu.power() != null) {
            values.put(prefix + "power_usage_watts", gpu.power());
        }
        if (gpu.power() != null && gpu.powerLimit() != null) {
            values.put(prefix + "power_usage_percentage", PERCENT * gpu.power() / gpu.powerLimit());
        }
    }
}
