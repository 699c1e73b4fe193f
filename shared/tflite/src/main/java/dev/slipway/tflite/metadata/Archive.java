package dev.slipway.tflite.metadata;

import dev.slipway.kernel.SlipwayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files of a model as the ZIP archive that TFLite Metadata appends to it: uncompressed, and with offsets from the
 * beginning of the model's file, so that the whole is a ZIP archive for any tool.
 */
final class Archive {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int END_ENTRIES = 10;
    private static final int END_DIRECTORY = 16;
    private static final int ENTRY_SIZE = 46;
    private static final int ENTRY_NAME = 28;
    private static final int ENTRY_EXTRA = 30;
    private static final int ENTRY_COMMENT = 32;
    private static final int ENTRY_OFFSET = 42;
    // The oldest date that the format knows, so that equal models become equal bytes.
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Archive() {}

    /** The archive's bytes for a place in a file. */
    static ByteBuffer of(Map<String, byte[]> files, int position) {
        if (files.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                archive.putNextEntry(entry(file.getKey(), file.getValue()));
                archive.write(file.getValue());
                archive.closeEntry();
            }
        } catch (IOException e) {
            throw SlipwayException.internal("tflite.archive", "The model's files can't be packed.", e);
        }
        return moved(ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN), position);
    }

    private static ZipEntry entry(String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(DATE);
        return entry;
    }

    /** Adds the position to each offset that the directory at the archive's end holds. */
    private static ByteBuffer moved(ByteBuffer archive, int position) {
        int end = archive.limit() - END_SIZE;
        if (archive.getInt(end) != END_SIGNATURE) {
            throw SlipwayException.internal("tflite.archive", "The archive of the model's files has no end.", null);
        }
        int entries = Short.toUnsignedInt(archive.getShort(end + END_ENTRIES));
        int at = archive.getInt(end + END_DIRECTORY);
        archive.putInt(end + END_DIRECTORY, at + position);
        for (int i = 0; i < entries; i++) {
            archive.putInt(at + ENTRY_OFFSET, archive.getInt(at + ENTRY_OFFSET) + position);
            at += ENTRY_SIZE
                    + Short.toUnsignedInt(archive.getShort(at + ENTRY_NAME))
                    + Short.toUnsignedInt(archive.getShort(at + ENTRY_EXTRA))
                    + Short.toUnsignedInt(archive.getShort(at + ENTRY_COMMENT));
        }
        return archive;
    }
}
