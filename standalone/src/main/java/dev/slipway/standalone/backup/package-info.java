/** Backups of one moment, of the embedded stores and the keys, and how they are restored. */
package dev.slipway.standalone.backup;
