/** Traces of what applications do, in OpenTelemetry's spans, and what people and judges think of them. */
package dev.slipway.training.trace;
