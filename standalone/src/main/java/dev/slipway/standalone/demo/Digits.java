package dev.slipway.standalone.demo;

import dev.slipway.kernel.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The handwritten digits of UCI, dealt out as they would come to a team: most with labels, some still without, and some
 * that only devices in the field see.
 */
record Digits(List<Digit> labelled, List<Digit> unlabelled, List<Digit> field) {
    static final List<String> LABELS =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    private static final int UNLABELLED = 200;
    private static final int FIELD = 200;
    private static final int PIXELS = 64;

    /** An image of shape (1, 8, 8) with values from 0 to 16, and the digit that it shows. */
    record Digit(int number, Tensor image, String label) {}

    static Digits load() {
        List<Digit> all = new ArrayList<>(read());
        Collections.shuffle(all, new Random(1797));
        int labelled = all.size() - UNLABELLED - FIELD;
        return new Digits(
                all.subList(0, labelled),
                all.subList(labelled, labelled + UNLABELLED),
                all.subList(labelled + UNLABELLED, all.size()));
    }

    private static List<Digit> read() {
        List<Digit> digits = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(Digits.class.getResourceAsStream("digits.csv.gz"))),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                float[] pixels = new float[PIXELS];
                for (int i = 0; i < PIXELS; i++) {
                    pixels[i] = Float.parseFloat(fields[i]);
                }
                int digit = (int) Float.parseFloat(fields[PIXELS]);
                digits.add(new Digit(digits.size(), new Tensor(List.of(1, 8, 8), pixels), LABELS.get(digit)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digits;
    }
}
