package dev.slipway.api.lineage;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** The graph's questions, and the log of what happened. */
@Allowed(Role.VIEWER)
public interface LineageApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/lineage";

    /** Fails with {@code lineage.unknown-entity} when there is no such entity in the workspace. */
    @Post("/traversals")
    Lineage traverse(@Body LineageQuery query);

    /** The events of the caller's workspace after a position, oldest first; fewer than the limit only at the end. */
    @Get("/events{?after,limit}")
    List<AuditEntry> events(@QueryValue(defaultValue = "0") long after, @QueryValue(defaultValue = "100") int limit);
}
