package dev.slipway.store.graph;

/**
 * A change to, or a condition on, a claim: a name within a workspace that holds one value. Claims make names unique,
 * hand out version numbers, remember idempotency keys and fence off workers that have lost their job. A name has the
 * form {@code kind/rest}, as {@code model-name/digits}.
 */
public sealed interface ClaimChange {
    String name();

    /** Takes a name that nobody holds. */
    record Take(String name, String value) implements ClaimChange {}

    /** Changes the value of a claim from what was read. */
    record Move(String name, String from, String to) implements ClaimChange {}

    /** Gives a name back. */
    record Release(String name, String from) implements ClaimChange {}

    /** Changes nothing, but the batch fails unless the claim holds this value. */
    record Require(String name, String value) implements ClaimChange {}
}
