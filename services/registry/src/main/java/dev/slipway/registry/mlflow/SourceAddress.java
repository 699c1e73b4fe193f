package dev.slipway.registry.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a model's files, free of all that leads elsewhere than it seems.
 *
 * @param text as it was given
 * @param scheme in lower case
 * @param authority empty for an address on this server
 * @param parts of its path, decoded, none of them empty, {@code .} or {@code ..}
 */
record SourceAddress(String text, String scheme, String authority, List<String> parts) {
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(//(?<authority>[^/?#]*))?+(?<path>/[^?#]*)(.*)", Pattern.DOTALL);

    private static final Pattern NO_SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:.*)", Pattern.DOTALL);

    /** Whoever loads the files is led to a host of the address's choice; MLflow's server refuses them too. */
    private static final Set<String> HOST_ADDRESSED =
            Set.of("ftp", "sftp", "hdfs", "viewfs", "http", "https", "r2", "b2", "abfss");

    /** Encoded characters that could hide a way up, also when encoded several times over. */
    private static final Map<String, String> HIDING =
            Map.of("(?i)%2e", ".", "(?i)%2f", "/", "(?i)%5c", "\\\\", "%00", "\0", "%25", "%");

    SourceAddress {
        parts = List.copyOf(parts);
    }

    /** Reads an address, or fails with {@code model-version.source}. */
    static SourceAddress of(String text) {
        if (!NO_SCHEME.matcher(text).matches() || text.regionMatches(true, 0, "file:", 0, 5)) {
            throw refused(
                    text,
                    "A path of a local file says nothing to this server: log the model to a run first and register it"
                            + " from there");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(text, "Give a scheme and an absolute path");
        }
        String scheme = form.group("scheme").toLowerCase(Locale.ROOT);
        String authority = form.group("authority") == null ? "" : form.group("authority");
        if (HOST_ADDRESSED.contains(scheme) || (scheme.equals("mlflow-artifacts") && !authority.isEmpty())) {
            throw refused(
                    text,
                    "An address of the scheme '" + scheme + "' leads to another host; give one of this"
                            + " server's or of an object store");
        }
        return new SourceAddress(text, scheme, authority, parts(text, form.group("path")));
    }

    private static List<String> parts(String text, String path) {
        // The whole text is looked at, because whoever reads the address may take another part of it for the path.
        String decoded = decoded(text);
        for (String part : Pattern.compile("[/\\\\]").split(decoded, -1)) {
            if (part.equals("..") || part.equals(".") || part.indexOf('\0') >= 0) {
                throw refused(text, "It must not hold '.', '..' or encoded forms of them");
            }
        }
        List<String> parts = new ArrayList<>();
        for (String part : Pattern.compile("/").split(decoded(path), -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        if (parts.isEmpty()) {
            throw refused(text, "Its path is empty");
        }
        return parts;
    }

    private static String decoded(String text) {
        String before;
        String after = text;
        do {
            before = after;
            for (Map.Entry<String, String> hiding : HIDING.entrySet()) {
                after = after.replaceAll(hiding.getKey(), hiding.getValue());
            }
        } while (!after.equals(before));
        return after;
    }

    /** Whether these stand in its path one behind the other, before the end. */
    boolean passes(List<String> folders) {
        return Collections.indexOfSubList(parts, folders) >= 0;
    }

    static SlipwayException refused(String text, String why) {
        return SlipwayException.invalid(
                "model-version.source", "The source '" + text + "' can't be registered. " + why + ".");
    }
}
