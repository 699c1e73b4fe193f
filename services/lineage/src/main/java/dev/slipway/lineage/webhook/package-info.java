/** Webhooks: what happens in the registry is told to other servers, in MLflow's form and signed. */
package dev.slipway.lineage.webhook;
