package dev.slipway.standalone.backup;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.files.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Files and folders that only their owner may read, that are whole when they have their name, and are still there after a power cut. */
final class DurableFiles {
    private static final String UNFINISHED = ".part";
    private static final int BUFFER = 256 * 1024;

    private DurableFiles() {}

    /** Makes a folder and its parents. */
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PrivateFile.ownerOnly(folder, "rwx------"));
            force(folder.toAbsolutePath().getParent());
        }
    }

    /** Makes an empty file, to be filled by somebody else. */
    static void makeFile(Path file) throws IOException {
        Files.createFile(file, PrivateFile.ownerOnly(file, "rw-------"));
    }

    /**
     * Writes a file, in place of one of its name.
     *
     * @param name what the returned file is called
     * @param unreadable what to throw when the bytes can't be read
     * @param written may refuse what was written, before it has its name
     */
    static BackupFile write(
            Path file,
            String name,
            InputStream bytes,
            Function<IOException, SlipwayException> unreadable,
            Consumer<BackupFile> written)
            throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            BackupFile result = fill(unfinished, name, bytes, unreadable);
            written.accept(result);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.toAbsolutePath().getParent());
            return result;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static BackupFile fill(
            Path file, String name, InputStream bytes, Function<IOException, SlipwayException> unreadable)
            throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel channel = create(file)) {
            for (int read = read(bytes, buffer, unreadable); read >= 0; read = read(bytes, buffer, unreadable)) {
                sha256.update(buffer, 0, read);
                ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
                while (part.hasRemaining()) {
                    channel.write(part);
                }
                size += read;
            }
            channel.force(true);
        }
        return new BackupFile(name, size, Digest.finish(sha256));
    }

    private static int read(InputStream bytes, byte[] buffer, Function<IOException, SlipwayException> unreadable) {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            throw unreadable.apply(e);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PrivateFile.ownerOnly(file, "rw-------"));
    }

    /** What a file is, by reading it all. */
    static BackupFile read(Path file, String name) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long size = 0;
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                size += buffer.remaining();
                sha256.update(buffer);
                buffer.clear();
            }
        }
        return new BackupFile(name, size, Digest.finish(sha256));
    }

    /** Forces a file's bytes, or a folder's entries, to the disk. */
    static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (folder && !isPosix(path)) {
            // Windows does not let a folder be opened, and needs no such step.
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Removes a file, or a folder with all that is in it; nothing when there is none. */
    static void remove(Path path) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
