package dev.slipway.administration;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Writes a whole installation into a folder. It goes on where an export into the same folder stopped, and brings one that is
 * complete up to date: what has not changed since is kept.
 *
 * <p>There is no lock on the installation. Instead everything is read a second time when all is written; what then has another
 * hash was written to meanwhile and is exported again, once. An export is complete only when all hashes hold at once, so that
 * it is the state of one moment; only then there is a manifest.
 */
public final class Export {
    /** Lines of about so many bytes are in one file, before they are compressed. */
    private static final long FILE_BYTES = 16 * 1024 * 1024;

    private static final int ROUNDS = 2;

    private final Installation installation;
    private final Contents contents;
    private final ExportFolder folder;
    private final String version;
    private final InstantSource clock;
    private final Progress progress;
    private final long fileBytes;

    /**
     * An export into a folder.
     *
     * @param version of Slipway, for the manifest
     */
    public Export(Installation installation, Path folder, String version, InstantSource clock, Progress progress) {
        this(installation, folder, version, clock, progress, FILE_BYTES);
    }

    Export(
            Installation installation,
            Path folder,
            String version,
            InstantSource clock,
            Progress progress,
            long fileBytes) {
        this.installation = installation;
        this.contents = new Contents(installation);
        this.folder = new ExportFolder(folder);
        this.version = version;
        this.clock = clock;
        this.progress = progress;
        this.fileBytes = fileBytes;
    }

    /**
     * Exports everything and returns how many lines each section has.
     *
     * @throws SlipwayException {@code CONFLICT} with {@code export.changed} when the installation is written to all the while,
     *     {@code export.not-empty} when the folder holds something else, {@code export.unfinished-import} when an import into
     *     the installation has not been finished; {@code UNAVAILABLE} with {@code export.unwritable} when the folder can't be
     *     written. All but the second may be run again and go on.
     */
    public Map<Section, Long> run() {
        if (ImportMark.in(installation.graph()).isPresent()) {
            throw SlipwayException.conflict(
                    "export.unfinished-import",
                    "An import into this installation has not been finished. Run it again to its end, then export.");
        }
        folder.make();
        Manifest manifest = resumed();
        for (int round = 0; round < ROUNDS; round++) {
            for (Section section : Section.values()) {
                manifest = complete(manifest, section);
            }
            List<Section> changed = changed(manifest);
            if (changed.isEmpty()) {
                return finished(manifest);
            }
            for (Section section : changed) {
                manifest = dropped(manifest, section);
            }
        }
        throw SlipwayException.conflict(
                "export.changed",
                "The installation was written to while it was exported, so that the export is not complete. Stop the"
                        + " services, or run the export again into the same folder when less is written: it goes on from"
                        + " what has not changed.");
    }

    /** What an earlier run has left, of which only files that are whole are kept. */
    private Manifest resumed() {
        Optional<byte[]> complete = folder.read(ExportFolder.MANIFEST);
        Optional<byte[]> begun = folder.read(ExportFolder.PROGRESS);
        Manifest manifest = complete.map(json -> Manifest.read(json, ExportFolder.MANIFEST))
                .or(() -> begun.map(json -> Manifest.read(json, ExportFolder.PROGRESS)))
                .orElseGet(() -> Manifest.begin(version, clock.instant().toString()));
        manifest = new Manifest(version, clock.instant().toString(), manifest.sections());
        for (Section section : Section.values()) {
            boolean whole = manifest.section(section).files().stream().allMatch(folder::holds);
            manifest = whole ? manifest : dropped(manifest, section);
        }
        save(manifest);
        folder.delete(ExportFolder.MANIFEST);
        return manifest;
    }

    private void save(Manifest manifest) {
        folder.write(ExportFolder.PROGRESS, file -> Files.write(file, manifest.json()));
    }

    private Manifest dropped(Manifest manifest, Section section) {
        Manifest without = manifest.with(ExportedSection.begin(section));
        save(without);
        manifest.section(section).files().forEach(file -> folder.delete(file.name()));
        return without;
    }

    private Manifest complete(Manifest manifest, Section section) {
        Manifest saved = manifest;
        while (!saved.section(section).complete()) {
            LineSource lines;
            try {
                lines = contents.lines(section, saved.section(section).after());
            } catch (SlipwayException e) {
                if (!e.code().equals("page.cursor")
                        || saved.section(section).after().isEmpty()) {
                    throw e;
                }
                // The installation is another one than when the export began, or its store has moved: from the
                // beginning.
                saved = dropped(saved, section);
                continue;
            }
            while (!saved.section(section).complete()) {
                saved = saved.with(nextFile(saved.section(section), lines));
                save(saved);
                progress.at(
                        "exporting " + section.plural(), saved.section(section).lines());
            }
        }
        return saved;
    }

    private ExportedSection nextFile(ExportedSection section, LineSource lines) {
        String name = "%s-%05d.jsonl.gz"
                .formatted(section.section().fileName(), section.files().size() + 1);
        Sum sum = new Sum(section.lines(), section.hash());
        PartWriter.Filter filter = section.section() == Section.ARTIFACT ? this::copied : line -> true;
        List<PartWriter.Written> written = new ArrayList<>();
        folder.write(name, file -> written.add(PartWriter.write(file, lines, sum, filter, fileBytes)));
        PartWriter.Written part = written.get(0);
        if (part.lines() == 0 && part.after().isEmpty()) {
            folder.delete(name);
            return section.completed();
        }
        ExportedFile file = new ExportedFile(name, part.lines(), size(name), part.sha256());
        return section.with(file, sum, part.after());
    }

    private long size(String name) {
        try {
            return Files.size(folder.file(name));
        } catch (IOException e) {
            throw folder.unreadable(name, e);
        }
    }

    /** Copies an artifact's bytes, which the store verifies; false for one that was removed since it was listed. */
    private boolean copied(byte[] line) {
        Artifact artifact;
        try {
            artifact = ArtifactJson.read(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = folder.artifact(artifact.digest());
        if (folder.holds(new ExportedFile(name, 1, artifact.size(), artifact.digest()))) {
            return true;
        }
        progress.at("exporting artifact " + artifact.digest() + ", bytes", artifact.size());
        try (InputStream bytes = installation.artifacts().open(artifact.digest(), 0, OptionalLong.empty())) {
            Verified verified = new Verified(bytes, artifact.digest());
            folder.write(name, file -> Files.copy(verified, file, StandardCopyOption.REPLACE_EXISTING));
            return true;
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Section> changed(Manifest manifest) {
        List<Section> changed = new ArrayList<>();
        for (Section section : Section.values()) {
            if (!manifest.section(section).matches(contents.sum(section, "verifying", progress))) {
                changed.add(section);
            }
        }
        return changed;
    }

    private Map<Section, Long> finished(Manifest manifest) {
        folder.write(ExportFolder.MANIFEST, file -> Files.write(file, manifest.json()));
        folder.delete(ExportFolder.PROGRESS);
        return manifest.sections().values().stream()
                .collect(Collectors.toMap(
                        ExportedSection::section,
                        ExportedSection::lines,
                        Long::sum,
                        () -> new EnumMap<>(Section.class)));
    }
}
