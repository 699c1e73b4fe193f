/** Signed manifests and files for mobile builds and devices, on the public port. */
package dev.slipway.registry.delivery;
