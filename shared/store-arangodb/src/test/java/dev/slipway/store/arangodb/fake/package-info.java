/**
 * An in-test double of the ArangoDB HTTP API, not a server: what the store is tested with where no ArangoDB can run.
 *
 * <p>It is there to refuse what the documentation of ArangoDB 3.12 refuses, so that a store which passes has asked for
 * nothing that is not documented. Where the documentation leaves a choice the double takes the harsher one:
 *
 * <ul>
 *   <li>a write-write conflict is refused at once, never waited for;
 *   <li>two requests of one stream transaction at a time, or any while a cursor of it has batches left, are refused (28);
 *   <li>collections that a transaction did not declare are read without isolation;
 *   <li>a transaction holds 128 MiB, the smaller of the two documented limits;
 *   <li>texts sort in the order of a language, and revisions do not sort as texts;
 *   <li>an item that failed in a request of many tells no revision.
 * </ul>
 *
 * <p>It does not know AQL, users and permissions, shards, views, analyzers, VelocyPack, HTTP/2, compressed or
 * asynchronous requests, JavaScript transactions, indexes over the elements of arrays, and the documents of a graph's own
 * endpoints; it refuses them with 501. TTL indexes are kept, but nothing expires. A pass here is no proof that a query
 * text means what its named answer does: only a real server tells that.
 */
package dev.slipway.store.arangodb.fake;
