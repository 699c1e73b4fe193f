package dev.slipway.runtime.http;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import org.slf4j.MDC;

/** Fails in every way a route can. */
@Controller("/test")
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "slipway.data")
class TestController {
    private final Callers callers;

    TestController(Callers callers) {
        this.callers = callers;
    }

    @Serdeable
    record Named(String name, Workspace workspace) {}

    @Get("/kind/{kind}")
    String fail(@PathVariable ErrorKind kind) {
        throw new SlipwayException(kind, "test.failed", "The test failed.", null);
    }

    @Get("/defect")
    String defect() {
        throw new IllegalStateException("a secret of the inside");
    }

    @Get("/runs/{id}")
    String run(@PathVariable RunId id) {
        return id.value();
    }

    @Get("/number")
    String number(@QueryValue int value) {
        return Integer.toString(value);
    }

    @Post("/named")
    String named(@Body Named body) {
        return body.name();
    }

    @Get("/caller")
    String caller() {
        return callers.current().subject() + " in " + callers.workspace();
    }

    @Get("/admin")
    String admin() {
        return Boolean.toString(callers.current().may(Role.ADMIN));
    }

    @Get("/log")
    String log() {
        return MDC.get("requestId");
    }
}
