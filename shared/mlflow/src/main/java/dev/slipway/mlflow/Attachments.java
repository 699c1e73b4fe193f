package dev.slipway.mlflow;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Marks answers as files to be saved, as MLflow does: what somebody uploaded must never be shown as a page of this server,
 * whose scripts could then act in the name of whoever looks at it.
 */
public final class Attachments {
    /** What MLflow calls text by the ends of names. */
    private static final Set<String> TEXTS = Set.of(
            "txt",
            "log",
            "err",
            "cfg",
            "conf",
            "cnf",
            "cf",
            "ini",
            "properties",
            "prop",
            "hocon",
            "toml",
            "yaml",
            "yml",
            "xml",
            "json",
            "js",
            "py",
            "py3",
            "csv",
            "tsv",
            "md",
            "rst",
            "ipynb",
            "mlmodel",
            "mlproject");

    private Attachments() {}

    /** The answer as a file of this name, whose type is told by the name; it is asked for anew each time. */
    public static MutableHttpResponse<?> named(String name, MutableHttpResponse<?> answer) {
        return answer.contentType(type(name))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(name))
                .header("X-Content-Type-Options", "nosniff");
    }

    private static MediaType type(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (TEXTS.contains(end)) {
            return MediaType.TEXT_PLAIN_TYPE;
        }
        return MediaType.forExtension(end).orElse(MediaType.APPLICATION_OCTET_STREAM_TYPE);
    }

    /** By RFC 6266: in ASCII for old clients, and as it is. */
    private static String disposition(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("[^ -~]|[\"\\\\]", "");
        String header = "attachment; filename=\"" + (plain.isBlank() ? "download" : plain) + "\"";
        return plain.equals(name)
                ? header
                : header + "; filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8)
                                .replace("+", "%20")
                                .replace("*", "%2A");
    }
}
