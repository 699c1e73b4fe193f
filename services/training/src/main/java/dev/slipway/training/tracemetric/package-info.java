/** Figures over many traces: how many, how long, how many tokens, how they were judged. */
package dev.slipway.training.tracemetric;
