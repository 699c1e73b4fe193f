package dev.slipway.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A lock on a file among the processes of one machine. It is free again when the process that has it dies. */
public final class FolderLock {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, making the file if need be; empty when anybody has it. */
    public static Optional<FolderLock> exclusive(Path file) throws IOException {
        return take(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE), false);
    }

    /** Takes a lock on a file that is there, which others may share; empty when somebody has it alone. */
    public static Optional<FolderLock> shared(Path file) throws IOException {
        return take(FileChannel.open(file, StandardOpenOption.READ), true);
    }

    private static Optional<FolderLock> take(FileChannel channel, boolean shared) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            lock = null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new FolderLock(channel));
    }

    /** What is done under a lock. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Does something, and gives the lock back. */
    public <T> T during(Work<T> work) throws IOException {
        try (channel) {
            return work.run();
        }
    }
}
