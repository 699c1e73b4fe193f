package dev.slipway.api.jobs;

import dev.slipway.kernel.ErrorKind;
import io.micronaut.serde.annotation.Serdeable;

/** Why a job or a step failed: kind, stable code and message of its {@link dev.slipway.kernel.SlipwayException}. */
@Serdeable
public record Failure(ErrorKind kind, String code, String message) {}
