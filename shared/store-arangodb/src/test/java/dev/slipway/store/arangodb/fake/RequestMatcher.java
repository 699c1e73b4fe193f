package dev.slipway.store.arangodb.fake;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says which requests a fault is for.
 *
 * @param method the HTTP method, or {@code null} for all
 * @param path found anywhere in the path below {@code /_db/<name>}, such as {@code ^/_api/document/}
 * @param ordinal which of the matching requests from now on: 1 is the first
 */
public record RequestMatcher(String method, Pattern path, int ordinal) {

    /** Checks the arguments. */
    public RequestMatcher {
        Objects.requireNonNull(path, "path");
        if (ordinal < 1) {
            throw new IllegalArgumentException("ordinal must be at least 1, not " + ordinal);
        }
    }

    /** The next request of this method whose path has a match of this regular expression. */
    public static RequestMatcher request(String method, String path) {
        return new RequestMatcher(method, Pattern.compile(path), 1);
    }

    /** The next request, whatever its method, whose path has a match of this regular expression. */
    public static RequestMatcher path(String path) {
        return new RequestMatcher(null, Pattern.compile(path), 1);
    }

    /** The same requests, but the n-th of them from now on. */
    public RequestMatcher nth(int n) {
        return new RequestMatcher(method, path, n);
    }

    boolean matches(String requestMethod, String requestPath) {
        return (method == null || method.equals(requestMethod))
                && path.matcher(requestPath).find();
    }
}
