package dev.slipway.administration;

import dev.slipway.kernel.Digest;

/**
 * A file of lines.
 *
 * @param name within the export's folder
 * @param sha256 of the file's own, compressed bytes
 */
record ExportedFile(String name, long lines, long size, Digest sha256) {}
