package dev.slipway.standalone.cli;

import dev.slipway.standalone.backup.BackupFile;
import dev.slipway.standalone.backup.BackupManifest;
import java.util.Map;
import java.util.stream.Collectors;

/** What a backup is, for people and for scripts. */
final class BackupText {
    private BackupText() {}

    static String line(BackupManifest manifest) {
        return "%s, %d artifacts of %d bytes, databases of %d bytes"
                .formatted(
                        manifest.rows().entrySet().stream()
                                .map(kind -> kind.getValue() + " " + kind.getKey())
                                .collect(Collectors.joining(", ")),
                        manifest.artifacts(),
                        manifest.artifactBytes(),
                        databaseBytes(manifest));
    }

    static Map<String, Object> json(String name, BackupManifest manifest) {
        return Map.of(
                "name", name,
                "time", manifest.time(),
                "version", manifest.version(),
                "rows", manifest.rows(),
                "artifacts", manifest.artifacts(),
                "artifactBytes", manifest.artifactBytes(),
                "databaseBytes", databaseBytes(manifest),
                "notCovered", manifest.notCovered());
    }

    private static long databaseBytes(BackupManifest manifest) {
        return manifest.files().stream()
                .filter(file -> file.name().endsWith(".db"))
                .mapToLong(BackupFile::size)
                .sum();
    }
}
