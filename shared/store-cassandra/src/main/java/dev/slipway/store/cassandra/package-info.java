/** Time series on Apache Cassandra 5. */
package dev.slipway.store.cassandra;
