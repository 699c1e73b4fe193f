package dev.slipway.store.cassandra;

import dev.slipway.kernel.SlipwayException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Waits for what the driver does in the background, so that its failures and interrupts come as our own. */
final class Waiting {
    private final CassandraErrors errors;
    private final Function<Throwable, SlipwayException> meaning;

    private Waiting(CassandraErrors errors, Function<Throwable, SlipwayException> meaning) {
        this.errors = errors;
        this.meaning = meaning;
    }

    static Waiting whileOpening(CassandraErrors errors) {
        return new Waiting(errors, errors::opening);
    }

    static Waiting whileCalling(CassandraErrors errors) {
        return new Waiting(errors, errors::calling);
    }

    <T> T on(CompletionStage<T> result) {
        try {
            return result.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw meaning.apply(e);
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
    }
}
