package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an export holds: {@code manifest.json} once it is whole, {@code progress.json} until then.
 *
 * @param version of Slipway that wrote it
 * @param exported when it was begun, as in ISO 8601
 */
record Manifest(String version, String exported, Map<Section, ExportedSection> sections) {
    /** The form of an export. It rises when an older version could no longer read what is written. */
    static final int FORMAT = 1;

    Manifest {
        sections = Map.copyOf(sections);
    }

    static Manifest begin(String version, String exported) {
        Map<Section, ExportedSection> sections = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            sections.put(section, ExportedSection.begin(section));
        }
        return new Manifest(version, exported, sections);
    }

    ExportedSection section(Section section) {
        return sections.get(section);
    }

    Manifest with(ExportedSection changed) {
        Map<Section, ExportedSection> all = new EnumMap<>(sections);
        all.put(changed.section(), changed);
        return new Manifest(version, exported, all);
    }

    /** All files of lines, in the order in which an import writes them. */
    List<FileOfSection> files() {
        List<FileOfSection> files = new ArrayList<>();
        for (Section section : Section.values()) {
            section(section).files().forEach(file -> files.add(new FileOfSection(section, file)));
        }
        return files;
    }

    /** A file, and what its lines are. */
    record FileOfSection(Section section, ExportedFile file) {}

    byte[] json() {
        return Json.write(json -> {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("slipway", version);
            json.writeStringField("exported", exported);
            json.writeObjectFieldStart("sections");
            for (Section section : Section.values()) {
                ExportedSection written = section(section);
                json.writeObjectFieldStart(section.fileName());
                json.writeNumberField("lines", written.lines());
                json.writeStringField("hash", written.hash());
                json.writeBooleanField("complete", written.complete());
                if (written.after().isPresent()) {
                    json.writeStringField("after", written.after().get());
                }
                json.writeArrayFieldStart("files");
                for (ExportedFile file : written.files()) {
                    json.writeStartObject();
                    json.writeStringField("name", file.name());
                    json.writeNumberField("lines", file.lines());
                    json.writeNumberField("size", file.size());
                    json.writeStringField("sha256", file.sha256().hex());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /**
     * Reads a manifest, or an export's progress.
     *
     * @param name of the file, for messages
     */
    static Manifest read(byte[] json, String name) {
        try {
            Fields fields = Fields.of(json);
            long format = fields.number("format");
            if (format > FORMAT) {
                throw SlipwayException.unsupported(
                        "export.newer-format",
                        name + " has format " + format + ", written by Slipway " + fields.text("slipway")
                                + "; this version reads up to " + FORMAT + ". Use that version, or a newer one.");
            }
            Map<Section, ExportedSection> sections = new EnumMap<>(Section.class);
            for (Section section : Section.values()) {
                sections.put(section, section(section, fields.object("sections").object(section.fileName())));
            }
            return new Manifest(fields.text("slipway"), fields.text("exported"), sections);
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "export.manifest", name + " is damaged: " + e.getMessage() + ". Export again.", e);
        }
    }

    private static ExportedSection section(Section section, Fields fields) throws IOException {
        List<ExportedFile> files = new ArrayList<>();
        for (Fields file : fields.objects("files")) {
            String name = file.text("name");
            if (!name.matches("[a-z]+-\\d{5,9}\\.jsonl\\.gz")) {
                throw new IOException("'" + name + "' is no file of an export");
            }
            files.add(
                    new ExportedFile(name, file.number("lines"), file.number("size"), new Digest(file.text("sha256"))));
        }
        return new ExportedSection(
                section,
                fields.number("lines"),
                new Digest(fields.text("hash")).hex(),
                files,
                fields.flag("complete"),
                fields.has("after") ? Optional.of(fields.text("after")) : Optional.empty());
    }
}
