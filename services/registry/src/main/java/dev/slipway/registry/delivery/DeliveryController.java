package dev.slipway.registry.delivery;

import dev.slipway.kernel.Digest;
import dev.slipway.runtime.files.EntityTags;
import dev.slipway.runtime.files.FileResponder;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;

/** The public addresses from which mobile builds and devices fetch. */
@Controller(DeliveryController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class DeliveryController {
    static final String PATH = "/delivery/v1";

    private static final String FOREVER = "max-age=31536000, immutable";
    private static final String JOSE = "application/jose";
    private static final String JWK_SET = "application/jwk-set+json";

    private final Delivery delivery;
    private final FileResponder files;

    DeliveryController(Delivery delivery, FileResponder files) {
        this.delivery = delivery;
        this.files = files;
    }

    @Get("/models/{name}/channels/{channel}/manifest")
    @Produces(JOSE)
    HttpResponse<?> manifest(HttpRequest<?> request, @PathVariable String name, @PathVariable String channel) {
        return revalidated(request, delivery.manifest(name, channel));
    }

    @Get("/keys")
    @Produces(JWK_SET)
    HttpResponse<?> keys(HttpRequest<?> request) {
        return revalidated(request, delivery.keys());
    }

    @Get(value = "/files/{sha256}", headRoute = false)
    HttpResponse<?> file(HttpRequest<?> request, @PathVariable String sha256) {
        return respond(request, sha256);
    }

    @Head("/files/{sha256}")
    HttpResponse<?> fileHeaders(HttpRequest<?> request, @PathVariable String sha256) {
        return respond(request, sha256);
    }

    private HttpResponse<?> respond(HttpRequest<?> request, String sha256) {
        Digest digest = new Digest(sha256);
        // Its name is its content, so it never changes.
        return files.respond(request, digest, delivery.size(digest)).header(HttpHeaders.CACHE_CONTROL, FOREVER);
    }

    /** Text that may change at any time, so it is asked for each time, but sent only when it has changed. */
    private static HttpResponse<?> revalidated(HttpRequest<?> request, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String tag = EntityTags.quote(Digest.of(bytes).hex());
        MutableHttpResponse<?> response =
                EntityTags.unchanged(request, tag) ? HttpResponse.notModified() : HttpResponse.ok(bytes);
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
