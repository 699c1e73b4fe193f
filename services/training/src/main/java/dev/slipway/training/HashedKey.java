package dev.slipway.training;

import dev.slipway.kernel.Digest;
import java.nio.charset.StandardCharsets;

/** Keys of facets for texts that may be longer than a key, or hold what no key may. */
public final class HashedKey {
    private static final int DIGITS = 32;

    private HashedKey() {}

    /**
     * The same for the same parts, and another one for others.
     *
     * @param prefix what stands before a slash
     * @param parts without NUL characters
     */
    public static String of(String prefix, String... parts) {
        String hex = Digest.of(String.join("\0", parts).getBytes(StandardCharsets.UTF_8))
                .hex();
        return prefix + "/" + hex.substring(0, DIGITS);
    }
}
