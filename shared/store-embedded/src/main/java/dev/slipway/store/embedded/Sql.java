package dev.slipway.store.embedded;

/**
 * A statement's text, with {@code ?} for each value. Texts are constants or put together of constants, so that each is
 * prepared once per connection.
 */
interface Sql {
    String text();
}
