/** The graph store on ArangoDB: a single server, or a OneShard database of a cluster. */
package dev.slipway.store.arangodb;
