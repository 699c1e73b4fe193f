/** A client of the public door, for commands that work with a server. */
package dev.slipway.standalone.graphql;
