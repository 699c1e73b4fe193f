package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;

/** One condition that a version must fulfil before it may be released. */
interface GateCheck {
    Gate check(Candidate candidate);
}
