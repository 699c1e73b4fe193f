package dev.slipway.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * External data in the folder of a model, mapped into memory read-only: nothing outside that folder is ever opened,
 * whatever the model says. A mapping lives as long as any tensor that views it.
 */
final class WeightFolder implements ExternalData {
    private final Path folder;
    private final Map<Path, ByteBuffer> mapped = new HashMap<>();

    WeightFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public ByteBuffer find(ExternalReference reference) {
        Path file = resolve(reference);
        try {
            long size = Files.size(file);
            if (reference.length() > size || reference.offset() > size - reference.length()) {
                throw ExternalData.refused(
                        reference.tensor(),
                        "it is to be the " + reference.length() + " bytes from " + reference.offset() + " of '"
                                + Names.shown(reference.location()) + "', which has only " + size
                                + " bytes; is it the right file, and whole?");
            }
            if (reference.length() > Integer.MAX_VALUE) {
                throw ExternalData.refused(reference.tensor(), "it is larger than 2 GiB");
            }
            return view(file, size, reference.offset(), (int) reference.length());
        } catch (IOException e) {
            throw ExternalData.refused(reference.tensor(), "'" + Names.shown(reference.location()) + "': " + e);
        }
    }

    private ByteBuffer view(Path file, long size, long offset, int length) throws IOException {
        if (size > Integer.MAX_VALUE) {
            // One buffer can't view so large a file, so every tensor gets a mapping of its own.
            return map(file, offset, length);
        }
        ByteBuffer whole = mapped.get(file);
        if (whole == null) {
            whole = map(file, 0, size);
            mapped.put(file, whole);
        }
        return whole.slice((int) offset, length);
    }

    /** A read-only view of a part of a file, which must not be cut short while it is in use. */
    static ByteBuffer map(Path file, long offset, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        }
    }

    private Path resolve(ExternalReference reference) {
        String shown = "'" + Names.shown(reference.location()) + "'";
        try {
            Path relative = Path.of(reference.location());
            if (reference.location().isEmpty() || relative.isAbsolute() || climbs(relative)) {
                throw ExternalData.refused(
                        reference.tensor(), shown + " is not below the model's folder; move the file beside the model");
            }
            Path root = folder.toRealPath();
            Path file = root.resolve(relative).toRealPath();
            if (!file.startsWith(root)) {
                throw ExternalData.refused(
                        reference.tensor(),
                        shown + " is a link out of the model's folder; copy the file beside the model");
            }
            if (!Files.isRegularFile(file)) {
                throw ExternalData.refused(reference.tensor(), shown + " is no file");
            }
            return file;
        } catch (InvalidPathException e) {
            throw ExternalData.refused(reference.tensor(), shown + " is no path");
        } catch (IOException e) {
            throw ExternalData.refused(reference.tensor(), shown + " can't be read: " + e);
        }
    }

    private static boolean climbs(Path relative) {
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                return true;
            }
        }
        return false;
    }
}
