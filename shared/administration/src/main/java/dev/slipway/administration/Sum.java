package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import java.math.BigInteger;
import java.security.MessageDigest;

/** How many lines there were, and the sum of their SHA-256 modulo 2^256: the same in whatever order they come. */
final class Sum {
    private static final int BITS = 256;

    private final MessageDigest sha256 = Digest.newSha256();
    private BigInteger sum;
    private long lines;

    Sum(long lines, String hash) {
        this.lines = lines;
        this.sum = new BigInteger(hash, 16);
    }

    Sum() {
        this(0, "0");
    }

    void add(byte[] line) {
        sum = sum.add(new BigInteger(1, sha256.digest(line)));
        if (sum.bitLength() > BITS) {
            sum = sum.clearBit(BITS);
        }
        lines++;
    }

    long lines() {
        return lines;
    }

    /** 64 hexadecimal digits. */
    String hash() {
        String digits = sum.toString(16);
        return "0".repeat(BITS / 4 - digits.length()) + digits;
    }
}
