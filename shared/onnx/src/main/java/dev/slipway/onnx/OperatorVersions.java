package dev.slipway.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/** The operator-set versions in which ONNX changed an operator's definition. */
final class OperatorVersions {
    private static final String TABLE = "operator-versions.txt";

    private final Map<String, NavigableSet<Long>> table = table();

    /** Whether an operator of ONNX's own domain is defined the same in two versions of the operator set. */
    boolean same(String operator, long one, long other) {
        NavigableSet<Long> changes = table.get(operator);
        return changes != null && Objects.equals(changes.floor(one), changes.floor(other));
    }

    private static Map<String, NavigableSet<Long>> table() {
        try (InputStream in = Objects.requireNonNull(OperatorVersions.class.getResourceAsStream(TABLE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, NavigableSet<Long>> table = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (!line.startsWith("#")) {
                    NavigableSet<Long> changes = new TreeSet<>();
                    for (int i = 1; i < words.length; i++) {
                        changes.add(Long.valueOf(words[i]));
                    }
                    table.put(words[0], changes);
                }
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
