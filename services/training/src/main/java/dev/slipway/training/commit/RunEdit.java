package dev.slipway.training.commit;

import dev.slipway.api.training.Run;
import java.util.function.UnaryOperator;

/** What a request does to the run itself, besides what it logs to it. */
sealed interface RunEdit {
    /** Nothing; the run must be there and must not be deleted. */
    record Keep() implements RunEdit {}

    /**
     * Makes it.
     *
     * @param given whether its id was not made up for it, so that there may be a run of that id already
     */
    record Make(Run run, boolean given) implements RunEdit {}

    /**
     * Changes it.
     *
     * @param change makes the new body from that which stands when the request's turn comes, maybe more than once; it may
     *     refuse with an exception; the same body means that there is nothing to do
     * @param deletedToo whether a deleted run can be changed so
     */
    record Alter(UnaryOperator<Run> change, boolean deletedToo) implements RunEdit {}
}
