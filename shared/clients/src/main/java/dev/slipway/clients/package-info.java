/**
 * The contracts as declarative HTTP clients. A client exists only where {@code slipway.services.<name>=false} leaves the service
 * out of this process; it finds the other one by {@code micronaut.http.services.<name>.url}.
 */
package dev.slipway.clients;
