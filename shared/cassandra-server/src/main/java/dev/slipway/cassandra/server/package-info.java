/** Forks a real Cassandra server for tests. */
package dev.slipway.cassandra.server;
