package dev.slipway.lineage.card;

import dev.slipway.api.Allowed;
import dev.slipway.api.lineage.ModelCard;
import dev.slipway.kernel.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;

/** Cards as Markdown, at an address that people can guess. */
@Controller("/api/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class CardController {
    private static final String MARKDOWN = "text/markdown; charset=utf-8";

    private final ModelCards cards;

    CardController(ModelCards cards) {
        this.cards = cards;
    }

    @Get("/{name}/versions/{version}/card")
    @Produces(MARKDOWN)
    HttpResponse<byte[]> card(@PathVariable String name, @PathVariable int version) {
        byte[] text = cards.of(name, version).markdown().getBytes(StandardCharsets.UTF_8);
        return HttpResponse.ok(text).header("X-Content-Type-Options", "nosniff");
    }

    /** The same with its parts, for programs. */
    @Get("/{name}/versions/{version}/card.json")
    ModelCard parts(@PathVariable String name, @PathVariable int version) {
        return cards.of(name, version);
    }
}
