/** Artifacts on S3, or on any server that speaks its protocol. */
package dev.slipway.store.s3;
