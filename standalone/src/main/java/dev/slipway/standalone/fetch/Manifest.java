package dev.slipway.standalone.fetch;

import dev.slipway.kernel.Digest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The verified payload of a delivery manifest.
 *
 * @param number rises with each change of the channel
 * @param release the release's number within the model
 * @param version the model version's number
 * @param classes the labels, in the order of the model's outputs
 * @param inputShape the shape of one sample
 */
@Serdeable
public record Manifest(
        String model,
        String channel,
        long number,
        int release,
        int version,
        List<Entry> files,
        List<String> classes,
        List<Integer> inputShape) {
    /** What some file system takes for something else. */
    private static final Pattern UNSAFE = Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}]");

    /** File systems take 255, and what is behind the name is counted too. */
    private static final int MAX_NAME_BYTES = 150;

    /**
     * What a file is called where it is fetched to: {@code digits-v3.tflite}, and with its precision and layout where they
     * are not FP32 and the model's, as in {@code digits-v3-int8-nhwc.tflite}. Where the model's name can't be that of a file
     * everywhere, it is shortened and the beginning of its digest stands behind it.
     */
    public String fileName(Entry file) {
        String precision = file.precision().equals("FP32") ? "" : "-" + file.precision();
        String layout = file.layout() == null || file.layout().equals("KEEP") ? "" : "-" + file.layout();
        return fileSafe(model) + "-v" + version + (precision + layout + "." + file.target()).toLowerCase(Locale.ROOT);
    }

    private static String fileSafe(String name) {
        StringBuilder safe = new StringBuilder();
        int bytes = 0;
        for (int c : UNSAFE.matcher(name).replaceAll("_").codePoints().toArray()) {
            String next = Character.toString(c);
            bytes += next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_NAME_BYTES) {
                break;
            }
            safe.append(next);
        }
        String digest = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
        return name.contentEquals(safe) ? name : safe + "-" + digest.substring(0, 8);
    }

    /**
     * A file of the release.
     *
     * @param layout {@code NHWC} if its image inputs and outputs have their channels last, otherwise as the model has them;
     *     null from servers of old
     * @param path where it is served, relative to the server's address
     */
    @Serdeable
    public record Entry(
            String target, String precision, @Nullable String layout, String sha256, long size, String path) {}
}
