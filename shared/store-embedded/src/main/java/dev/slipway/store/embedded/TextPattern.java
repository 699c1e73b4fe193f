package dev.slipway.store.embedded;

/** A pattern of {@code %} and {@code _} in the form of SQLite's GLOB, which tells letters of either case apart. */
record TextPattern(String pattern, boolean ignoreCase) {
    /** SQLite's {@code lower} knows A to Z only, as the port has it. */
    FacetTest.Clause clause(String value) {
        return ignoreCase
                ? new FacetTest.Clause("lower(" + value + ") GLOB ?", lower(glob()))
                : new FacetTest.Clause("+" + value + " GLOB ?", glob());
    }

    private String glob() {
        StringBuilder glob = new StringBuilder();
        pattern.chars().forEach(c -> {
            switch (c) {
                case '%' -> glob.append('*');
                case '_' -> glob.append('?');
                case '*', '?', '[' -> glob.append('[').append((char) c).append(']');
                default -> glob.append((char) c);
            }
        });
        return glob.toString();
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)));
        return lower.toString();
    }

    /** The texts among which all that match are. */
    FacetTest range(long name) {
        FacetTest texts = FacetTest.any(name).from("");
        String start = prefix();
        if (start.isEmpty()) {
            return texts;
        }
        int last = start.length() - 1;
        return texts.from(start).below(start.substring(0, last) + (char) (start.charAt(last) + 1));
    }

    /** What all that match begin with, up to an ASCII character, of which the next one is known. */
    private String prefix() {
        if (ignoreCase) {
            return "";
        }
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != '%' && pattern.charAt(end) != '_') {
            end++;
        }
        while (end > 0 && pattern.charAt(end - 1) >= 0x7f) {
            end--;
        }
        return pattern.substring(0, end);
    }
}
