package dev.slipway.clients;

import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A plain call. */
class LocalBindingTest extends BindingContract {
    private ApplicationContext process;

    @BeforeAll
    void start() {
        process = ApplicationContext.run(echo(""));
    }

    @AfterAll
    void stop() {
        process.close();
    }

    @Override
    ApplicationContext process() {
        return process;
    }
}
