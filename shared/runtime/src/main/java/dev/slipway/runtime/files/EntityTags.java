package dev.slipway.runtime.files;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions on entity tags, by RFC 9110, section 13. All our tags are strong and named by content. */
public final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private EntityTags() {}

    /** The tag that names the content. */
    public static String quote(String value) {
        return '"' + value + '"';
    }

    /** Whether the caller has these very bytes already: the answer is 304. */
    public static boolean unchanged(HttpRequest<?> request, String tag) {
        for (String value : request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH)) {
            if (value.trim().equals("*")) {
                return true;
            }
            Matcher matcher = TAG.matcher(value);
            while (matcher.find()) {
                if (matcher.group(1).equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a range still belongs to the bytes that the caller began with; a date never proves that. */
    static boolean rangeHolds(HttpRequest<?> request, String tag) {
        String condition = request.getHeaders().get(HttpHeaders.IF_RANGE);
        return condition == null || condition.trim().equals(tag);
    }
}
