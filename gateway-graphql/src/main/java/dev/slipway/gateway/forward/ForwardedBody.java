package dev.slipway.gateway.forward;

import io.micronaut.http.body.CloseableByteBody;

/** The bytes of a service's answer, which stream from its connection to the client's. */
record ForwardedBody(CloseableByteBody bytes) {}
