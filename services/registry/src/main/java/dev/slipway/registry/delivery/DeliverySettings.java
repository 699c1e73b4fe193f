package dev.slipway.registry.delivery;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;

/**
 * How releases are delivered.
 *
 * @param keys the folder of the keys that sign manifests
 */
@ConfigurationProperties("slipway.delivery")
record DeliverySettings(Path keys) {}
