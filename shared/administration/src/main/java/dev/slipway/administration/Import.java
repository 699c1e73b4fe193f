package dev.slipway.administration;

import dev.slipway.administration.Manifest.FileOfSection;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an export into an empty installation, whatever its stores. A file is verified before any of it is written. How far
 * it has come is remembered in the installation, so that the same import goes on where it was stopped; no other one does.
 * Afterwards everything is read back and held against the manifest.
 */
public final class Import {
    private final Installation installation;
    private final Contents contents;
    private final ExportFolder folder;
    private final Progress progress;

    public Import(Installation installation, Path folder, Progress progress) {
        this.installation = installation;
        this.contents = new Contents(installation);
        this.folder = new ExportFolder(folder);
        this.progress = progress;
    }

    /**
     * Imports everything and returns how many lines each section has.
     *
     * @throws SlipwayException {@code NOT_FOUND} with {@code export.none} or {@code export.missing-file}; {@code INVALID} with
     *     {@code export.manifest} or {@code export.altered}; {@code UNSUPPORTED} with {@code export.newer-format}; {@code
     *     CONFLICT} with {@code import.not-empty} when the installation holds something already, {@code import.other} when
     *     another import into it was begun, {@code import.mismatch} when it does not hold afterwards what was exported
     */
    public Map<Section, Long> run() {
        byte[] json = folder.read(ExportFolder.MANIFEST).orElseThrow(this::none);
        Manifest manifest = Manifest.read(json, ExportFolder.MANIFEST);
        Digest export = Digest.of(json);
        List<FileOfSection> files = manifest.files();
        ImportMark mark = begin(export);
        for (int i = mark.filesDone(); i < files.size(); i++) {
            write(files.get(i));
            mark = new ImportMark(export, i + 1);
            mark.write(installation.graph());
        }
        Map<Section, Long> lines = verify(manifest);
        mark.remove(installation.graph());
        return lines;
    }

    private SlipwayException none() {
        return SlipwayException.notFound(
                "export.none",
                folder.read(ExportFolder.PROGRESS).isPresent()
                        ? "The export in this folder is not complete. Run 'slipway admin export' again to its end."
                        : "There is no export in this folder: it has no " + ExportFolder.MANIFEST + ".");
    }

    private ImportMark begin(Digest export) {
        Optional<ImportMark> begun = ImportMark.in(installation.graph());
        if (begun.isPresent()) {
            if (!begun.get().export().equals(export)) {
                throw SlipwayException.conflict(
                        "import.other",
                        "Another export is being imported into this installation. Finish that import, or use an empty"
                                + " installation.");
            }
            return begun.get();
        }
        for (Section section : Section.values()) {
            if (!contents.isEmpty(section)) {
                throw SlipwayException.conflict(
                        "import.not-empty",
                        "This installation already holds " + section.plural()
                                + ". An import needs an empty one, that no server has been started on.");
            }
        }
        ImportMark mark = new ImportMark(export, 0);
        mark.write(installation.graph());
        return mark;
    }

    private void write(FileOfSection part) {
        folder.verify(part.file());
        try (LineFile file = new LineFile(folder.file(part.file().name()))) {
            LineSink sink = LineSink.into(installation, folder, part.section());
            long written = 0;
            for (Optional<byte[]> line = file.next(); line.isPresent(); line = file.next()) {
                sink.write(line.get());
                written++;
                if (written % 1000 == 0) {
                    progress.at(
                            "importing " + part.file().name() + ", "
                                    + part.section().plural(),
                            written);
                }
            }
            sink.flush();
            progress.at(
                    "importing " + part.file().name() + ", " + part.section().plural(), written);
        } catch (IOException e) {
            throw folder.unreadable(part.file().name(), e);
        }
    }

    private Map<Section, Long> verify(Manifest manifest) {
        Map<Section, Long> lines = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            Sum sum = contents.sum(section, "verifying", progress);
            if (!manifest.section(section).matches(sum)) {
                throw SlipwayException.conflict(
                        "import.mismatch",
                        "After the import the installation holds other " + section.plural() + " than were exported: "
                                + sum.lines() + " with hash " + sum.hash() + ", not "
                                + manifest.section(section).lines() + " with hash "
                                + manifest.section(section).hash()
                                + ". Did something else write to it? Import into an empty installation again.");
            }
            lines.put(section, sum.lines());
        }
        return lines;
    }
}
