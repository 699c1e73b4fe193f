/** What a version must fulfil before it may be released: one class for each gate. */
package dev.slipway.registry.gates;
