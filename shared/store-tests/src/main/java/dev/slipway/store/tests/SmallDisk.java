package dev.slipway.store.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system, which only an administrator of Linux can make; elsewhere the tests on it are skipped. */
public final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /**
     * Mounts it below a folder; the test is skipped where that can't be done.
     *
     * @param megabytes how much it holds
     */
    public static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Path path = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString()),
                "a small disk can't be mounted by this user");
        return new SmallDisk(path);
    }

    /** Where it is mounted. */
    public Path path() {
        return path;
    }

    /** Nothing on it may be open for writing. */
    public void makeReadOnly() {
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
