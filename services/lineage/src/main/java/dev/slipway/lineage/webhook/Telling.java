package dev.slipway.lineage.webhook;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/**
 * What a webhook is told, as MLflow writes it.
 *
 * @param timestamp when it happened, ISO 8601
 * @param data of the event; MLflow's documentation names the fields
 */
@Serdeable
record Telling(String entity, String action, String timestamp, Map<String, Object> data) {}
