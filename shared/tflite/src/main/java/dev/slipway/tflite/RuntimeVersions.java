package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which runtime a model needs, by the table of TFLite's {@code runtime_version.cc}. Versions of operators that it does
 * not list, the newest among them, don't count, as in TensorFlow's own converter.
 */
public final class RuntimeVersions {
    /** The name under which a model's metadata says what it needs. */
    public static final String METADATA = "min_runtime_version";

    private static final String TABLE = "runtime-versions.txt";
    private static final String NONE = "-";
    private static final int BLOCK = 16;

    private final Map<BuiltinOperator, List<String>> releases;

    private RuntimeVersions(Map<BuiltinOperator, List<String>> releases) {
        this.releases = releases;
    }

    /** Reads the table. */
    public static RuntimeVersions load() {
        Map<BuiltinOperator, List<String>> releases = new EnumMap<>(BuiltinOperator.class);
        try (InputStream table = RuntimeVersions.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    List<String> words = Arrays.asList(line.split(" "));
                    releases.put(BuiltinOperator.valueOf(words.get(0)), words.subList(1, words.size()));
                }
            }
        } catch (IOException e) {
            throw SlipwayException.internal("tflite.versions", "The table of runtime versions can't be read.", e);
        }
        return new RuntimeVersions(releases);
    }

    /** The oldest release of TensorFlow whose runtime knows every operator, such as {@code 2.3.0}. */
    public Optional<String> oldest(TfliteModel model) {
        return model.subgraphs().stream()
                .flatMap(graph -> graph.operators().stream())
                .flatMap(operator -> release(operator).stream())
                .max(Comparator.comparing(RuntimeVersions::numbers, Arrays::compare));
    }

    /** The model saying in its metadata which runtime it needs. */
    public TfliteModel noted(TfliteModel model) {
        byte[] block = Arrays.copyOf(oldest(model).orElse("").getBytes(StandardCharsets.US_ASCII), BLOCK);
        return model.withMetadata(METADATA, ByteBuffer.wrap(block));
    }

    private Optional<String> release(TfliteOperator operator) {
        List<String> known = releases.getOrDefault(operator.operator(), List.of());
        int place = operator.version() - 1;
        return place < 0 || place >= known.size() || known.get(place).equals(NONE)
                ? Optional.empty()
                : Optional.of(known.get(place));
    }

    private static int[] numbers(String release) {
        return Arrays.stream(release.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
