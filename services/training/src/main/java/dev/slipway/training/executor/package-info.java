/** Trainings outside of this process: as Jobs of Kubernetes. */
package dev.slipway.training.executor;
