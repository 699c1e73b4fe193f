package dev.slipway.onnx;

/** How messages show names, which a hostile file may have made of anything. */
final class Names {
    private static final int LONGEST_SHOWN = 200;

    private Names() {}

    /** The name without control characters, cut off where nobody would read on. */
    static String shown(String name) {
        String start = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
        return start.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
