package dev.slipway.training.host;

import io.micronaut.core.annotation.Nullable;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NVIDIA's own program that tells of its graphics processors, which is there wherever their driver is. */
final class NvidiaSmi {
    private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final List<String> NAMES = List.of("nvidia-smi", "nvidia-smi.exe");
    private static final String QUESTION =
            "index,name,driver_version,memory.used,memory.total,utilization.gpu,power.draw,power.limit";
    private static final int FIELDS = 8;
    private static final int MAX_OUTPUT = 64 * 1024;
    private static final double MEBIBYTE = 1 << 20;
    private static final Pattern COMMA = Pattern.compile(",");

    private final Path program;

    private NvidiaSmi(Path program) {
        this.program = program;
    }

    /**
     * The program, where there is one.
     *
     * @param path the folders to look in, as the variable PATH has them
     */
    static Optional<NvidiaSmi> find(@Nullable String path) {
        StringTokenizer folders = new StringTokenizer(path == null ? "" : path, File.pathSeparator);
        while (folders.hasMoreTokens()) {
            String folder = folders.nextToken();
            for (String name : NAMES) {
                try {
                    Path program = Path.of(folder, name);
                    if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                        return Optional.of(new NvidiaSmi(program));
                    }
                } catch (InvalidPathException e) {
                    LOG.debug("'{}' on the PATH is no folder", folder);
                }
            }
        }
        return Optional.empty();
    }

    /** All graphics processors, as they are now; none when the program does not answer. */
    List<Gpu> gpus() throws InterruptedException {
        Optional<byte[]> table = Command.output(
                List.of(program.toString(), "--query-gpu=" + QUESTION, "--format=csv,noheader,nounits"),
                Path.of("").toAbsolutePath(),
                Map.of(),
                MAX_OUTPUT);
        return table.map(bytes -> parse(new String(bytes, StandardCharsets.UTF_8)))
                .orElse(List.of());
    }

    private static List<Gpu> parse(String table) {
        List<Gpu> gpus = new ArrayList<>();
        table.lines().forEach(line -> {
            List<String> fields = COMMA.splitAsStream(line).map(String::strip).toList();
            Double index = fields.size() == FIELDS ? number(fields.get(0)) : null;
            // Anything else is no line of the table, such as a warning.
            if (index != null) {
                gpus.add(new Gpu(
                        index.intValue(),
                        fields.get(1),
                        fields.get(2),
                        bytes(fields.get(3)),
                        bytes(fields.get(4)),
                        number(fields.get(5)),
                        number(fields.get(6)),
                        number(fields.get(7))));
            }
        });
        return List.copyOf(gpus);
    }

    private static @Nullable Double bytes(String mebibytes) {
        Double number = number(mebibytes);
        return number == null ? null : Double.valueOf(number * MEBIBYTE);
    }

    /** Null for what the processor does not tell: {@code [N/A]}, {@code [Not Supported]} and their like. */
    private static @Nullable Double number(String field) {
        try {
            double number = Double.parseDouble(field);
            return Double.isFinite(number) && number >= 0 ? Double.valueOf(number) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
