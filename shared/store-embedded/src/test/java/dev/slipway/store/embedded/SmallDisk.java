package dev.slipway.store.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of 8 MB, which only an administrator of Linux can make; elsewhere the tests on it are skipped. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static SmallDisk mount(Path folder) throws IOException {
        Path path = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", path.toString()),
                "a small disk can't be mounted by this user");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    /** Nothing on it may be open for writing. */
    void makeReadOnly() {
        assumeTrue(run("mount", "-o", "remount,ro", path.toString()), "this disk can't be made read-only");
    }

    @Override
    public void close() {
        if (!run("umount", path.toString())) {
            throw new IllegalStateException(path + " can't be unmounted: is a file on it still open?");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such command on this system.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
