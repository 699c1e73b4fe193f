package dev.slipway.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of some bytes, as 64 lower-case hex digits: the name of an artifact. */
public record Digest(@JsonValue String hex) implements Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (hex == null || !FORM.matcher(hex).matches()) {
            throw SlipwayException.invalid(
                    "digest.malformed", "'" + hex + "' is no SHA-256: give 64 lower-case hexadecimal digits.");
        }
    }

    /** The digest of all of {@code bytes}. */
    public static Digest of(byte[] bytes) {
        MessageDigest sha256 = newSha256();
        sha256.update(bytes);
        return finish(sha256);
    }

    /** A fresh SHA-256 computation; finish it with {@link #finish}. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The digest of what was fed to {@code sha256}, which is reset by this. */
    public static Digest finish(MessageDigest sha256) {
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
