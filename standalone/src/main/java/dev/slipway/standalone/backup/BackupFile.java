package dev.slipway.standalone.backup;

import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A file of a backup.
 *
 * @param name within the backup's folder, with {@code /}
 * @param size in bytes
 */
@Serdeable
public record BackupFile(String name, long size, Digest sha256) {}
