package dev.slipway.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The place of a file or folder in the tree of artifacts: names from the root on, none of which leads anywhere else.
 *
 * @param names none for the root
 */
public record ArtifactPath(List<String> names) {
    /** In UTF-8 bytes, as file systems have it, onto which artifacts are downloaded. */
    public static final int MAX_NAME = 255;

    public static final int MAX_DEPTH = 64;

    /** What holds everything else. */
    public static final ArtifactPath ROOT = new ArtifactPath(List.of());

    /** How MLflow's addresses of what its server keeps begin; a server's name may follow. */
    private static final Pattern ADDRESS = Pattern.compile("mlflow-artifacts:(?://[^/]*)?/*(?<path>.*)");

    private static final int MAX_DECODINGS = 10;
    private static final Pattern ELSEWHERE = Pattern.compile("/.*|[A-Za-z]:/.*|(?i:file:).*");

    public ArtifactPath {
        names = List.copyOf(names);
        names.forEach(ArtifactPath::checkName);
        if (names.size() > MAX_DEPTH) {
            throw invalid(
                    "has " + names.size() + " names in a row; " + MAX_DEPTH + " are allowed", String.join("/", names));
        }
    }

    /**
     * Reads a path as MLflow does, whose clients may have encoded it several times over. Empty names and those that mean
     * the folder itself are left out.
     *
     * @throws SlipwayException {@code artifact.path} for one that leads out of the tree in any encoding, and for names that no
     *     file can have
     */
    public static ArtifactPath of(String text) {
        String path = decoded(text);
        if (ELSEWHERE.matcher(path).matches()) {
            throw invalid("is absolute; give one that is relative to the folder", text);
        }
        return new ArtifactPath(Arrays.stream(path.split("/", -1))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList());
    }

    /** Whether a URI names a place in the tree. */
    public static boolean isAddress(String uri) {
        return ADDRESS.matcher(uri).matches();
    }

    /** The place that {@code mlflow-artifacts:/…} names; another URI is refused with {@code artifact.path}. */
    public static ArtifactPath ofAddress(String uri) {
        var address = ADDRESS.matcher(uri);
        if (!address.matches()) {
            throw invalid("is no address of this server's artifacts, which begin with 'mlflow-artifacts:/'", uri);
        }
        return of(address.group("path"));
    }

    /** What {@code other} is, seen from here. */
    public ArtifactPath resolve(ArtifactPath other) {
        return new ArtifactPath(
                Stream.concat(names.stream(), other.names.stream()).toList());
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name; empty for the root. */
    public String name() {
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw invalid("leads elsewhere", name);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '\\' || c == '#' || Character.isISOControl(c)) {
                throw invalid("holds the character U+" + String.format("%04X", (int) c) + ", which no name may", name);
            }
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw invalid("is no Unicode text", name);
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_NAME) {
            throw invalid("has a name of " + length + " bytes; " + MAX_NAME + " are allowed", name);
        }
    }

    private static String decoded(String text) {
        String path = text;
        for (int decoding = 0; decoding < MAX_DECODINGS; decoding++) {
            String next = decodedOnce(path);
            if (next.equals(path)) {
                return path;
            }
            path = next;
        }
        throw invalid("is encoded more than " + MAX_DECODINGS + " times", text);
    }

    /** A percent sign without two hexadecimal digits stands for itself. */
    private static String decodedOnce(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            int high = text.charAt(i) == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                decoded.append(bytes.toString(StandardCharsets.UTF_8)).append(text.charAt(i));
                bytes.reset();
            } else {
                bytes.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.append(bytes.toString(StandardCharsets.UTF_8)).toString();
    }

    private static SlipwayException invalid(String what, String path) {
        String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
        return SlipwayException.invalid("artifact.path", "Invalid path: '" + shown + "' " + what + ".");
    }
}
