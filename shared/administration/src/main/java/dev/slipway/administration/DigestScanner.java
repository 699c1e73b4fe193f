package dev.slipway.administration;

/**
 * Finds whatever may be a digest: each 64 hexadecimal digits in a row, in either case, in longer rows at every place. What is
 * scanned in pieces may have a digest across two of them.
 */
final class DigestScanner {
    private static final int DIGITS = 64;

    /** Is told of each. */
    interface Found {
        void digest(long first, long second, long third, long fourth);
    }

    private final Found found;
    private long first;
    private long second;
    private long third;
    private long fourth;
    private int digits;

    DigestScanner(Found found) {
        this.found = found;
    }

    /** Scans a text that stands for itself. */
    void scan(String text) {
        digits = 0;
        for (int i = 0; i < text.length(); i++) {
            next(text.charAt(i));
        }
        digits = 0;
    }

    /** Scans the next bytes of a stream. */
    void scan(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            next(bytes[i]);
        }
    }

    private void next(int character) {
        int digit = digit(character);
        if (digit < 0) {
            digits = 0;
            return;
        }
        first = first << 4 | second >>> 60;
        second = second << 4 | third >>> 60;
        third = third << 4 | fourth >>> 60;
        fourth = fourth << 4 | digit;
        digits = Math.min(digits + 1, DIGITS);
        if (digits == DIGITS) {
            found.digest(first, second, third, fourth);
        }
    }

    private static int digit(int character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        } else if (character >= 'a' && character <= 'f') {
            return character - 'a' + 10;
        } else if (character >= 'A' && character <= 'F') {
            return character - 'A' + 10;
        }
        return -1;
    }
}
