package dev.slipway.standalone.backup;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a backup is.
 *
 * @param format of the folder
 * @param version of Slipway that made it
 * @param time its moment, in ISO 8601
 * @param graphSchema the version of the graph's schema
 * @param metricSchema the version of the metrics' schema
 * @param rows how many of each kind the databases hold
 * @param artifacts how many the list of artifacts names
 * @param artifactBytes of all of them
 * @param files all files of the backup's own folder but this one
 * @param notCovered what belongs to the installation and is no part of the backup
 */
@Serdeable
public record BackupManifest(
        int format,
        String version,
        String time,
        int graphSchema,
        int metricSchema,
        Map<String, Long> rows,
        long artifacts,
        long artifactBytes,
        List<BackupFile> files,
        @Nullable List<String> notCovered) {
    static final int FORMAT = 1;

    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);
    private static final Pattern FILE = Pattern.compile("(?:keys/)?[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,200}");

    public BackupManifest {
        rows = new TreeMap<>(rows);
        files = List.copyOf(files);
        // An empty list is left out of JSON.
        notCovered = notCovered == null ? List.of() : List.copyOf(notCovered);
    }

    byte[] json() {
        try {
            return ObjectMapper.getDefault().writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one; {@code backup.newer-format} for what this version does not know, {@code backup.manifest} for nonsense. */
    static BackupManifest read(byte[] json, Path file) {
        try {
            ObjectMapper mapper = ObjectMapper.getDefault();
            Object format = mapper.readValue(json, OBJECT).get("format");
            if (format instanceof Integer number && number > FORMAT) {
                throw SlipwayException.unsupported(
                        "backup.newer-format",
                        file + " is of format " + number + ", this version knows " + FORMAT
                                + ". Use the version that made the backup, or a newer one.");
            }
            BackupManifest manifest = mapper.readValue(json, BackupManifest.class);
            if (manifest.format != FORMAT
                    || !manifest.files.stream()
                            .allMatch(each -> FILE.matcher(each.name()).matches())) {
                throw damaged(file, "its content is not that of a manifest");
            }
            return manifest;
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static SlipwayException damaged(Path file, String why) {
        return SlipwayException.invalid(
                "backup.manifest", file + " is damaged (" + why + "). Restore another backup with --backup.");
    }
}
