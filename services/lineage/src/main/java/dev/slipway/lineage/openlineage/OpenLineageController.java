package dev.slipway.lineage.openlineage;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The address that OpenLineage's clients send their events to, one event in each request, plain or as gzip. */
@Controller("/api/v1/lineage")
@ExecuteOn(TaskExecutors.BLOCKING)
class OpenLineageController {
    private final ReceivedEvents events;

    OpenLineageController(ReceivedEvents events) {
        this.events = events;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed(Role.ENGINEER)
    void take(@Body OpenLineageEvent event) {
        events.take(event);
    }
}
