/**
 * Writes what many callers ask of runs in few commits: new runs, changed ones, and what is logged to them. Only what is in
 * here, and the job of a training, writes runs.
 */
package dev.slipway.training.commit;
