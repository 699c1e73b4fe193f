package dev.slipway.gateway.http;

import dev.slipway.kernel.Digest;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;

/** The page at {@code /}: what this server is, and a box to ask it something. */
@Controller("/")
final class StartPage {
    private static final String FILE = "/start/index.html";

    private final String page;
    private final String policy;

    StartPage() {
        page = read();
        // Only the page's own script may run, and it may talk to this server only.
        policy =
                "default-src 'none'; style-src 'unsafe-inline'; connect-src 'self'; form-action 'none'; base-uri 'none';"
                        + " frame-ancestors 'none'; script-src 'sha256-" + digestOfScript(page) + "'";
    }

    @Get(produces = MediaType.TEXT_HTML)
    HttpResponse<String> page() {
        return HttpResponse.ok(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    private static String read() {
        try (InputStream file = Objects.requireNonNull(StartPage.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + FILE, e);
        }
    }

    private static String digestOfScript(String page) {
        int begin = page.indexOf("<script>") + "<script>".length();
        String script = page.substring(begin, page.indexOf("</script>", begin));
        MessageDigest sha256 = Digest.newSha256();
        return Base64.getEncoder().encodeToString(sha256.digest(script.getBytes(StandardCharsets.UTF_8)));
    }
}
