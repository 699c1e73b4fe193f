package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that remembers what was brought over whole, so that the next import goes on there. It only saves work: without it
 * everything is written once more, which doubles nothing. Safe for use by many threads.
 */
final class Journal implements AutoCloseable {
    private static final String HEAD = "slipway import mlflow 1";
    private static final Pattern TAB = Pattern.compile("\t");

    /**
     * What was brought over of one thing.
     *
     * @param state of the thing then: of another one it is not done
     */
    record Done(String state, long values, long files, long bytes) {}

    private final FileChannel file;
    private final Map<String, Done> done = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    private Journal(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens or makes it.
     *
     * @throws SlipwayException {@code import.journal-other} for the journal of another import, {@code import.journal-taken} while
     *     another process works with it
     */
    static Journal open(Path path, String source, String target) {
        String head = String.join("\t", HEAD, source, target);
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(file, path);
                Journal journal = new Journal(file);
                journal.read(path, head);
                return journal;
            } catch (RuntimeException | IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "import.journal",
                    "Can't use the journal " + path + " (" + e + "): name another with --journal.",
                    e);
        }
    }

    private static void lock(FileChannel file, Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another import of this very process has it.
        }
        throw SlipwayException.conflict(
                "import.journal-taken", "Another import works with the journal " + path + "; wait until it has ended.");
    }

    private void read(Path path, String head) throws IOException {
        List<String> lines = wholeLines(Files.readString(path));
        if (lines.isEmpty()) {
            file.truncate(0);
            append(head);
            return;
        }
        if (!lines.get(0).equals(head)) {
            throw SlipwayException.conflict(
                    "import.journal-other",
                    path + " is no journal of this import, from this source to this server; name another with"
                            + " --journal.");
        }
        long length = 0;
        for (String line : lines) {
            length += line.getBytes(StandardCharsets.UTF_8).length + 1L;
            remember(TAB.splitAsStream(line).toList());
        }
        // A line that was being written when the process died is none.
        file.truncate(length).position(length);
    }

    private static List<String> wholeLines(String text) {
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return whole.isEmpty()
                ? List.of()
                : Arrays.asList(whole.substring(0, whole.length() - 1).split("\n", -1));
    }

    private void remember(List<String> parts) {
        try {
            if (parts.size() == 6 && parts.get(0).equals("done")) {
                done.put(
                        parts.get(1),
                        new Done(
                                parts.get(2),
                                Long.parseLong(parts.get(3)),
                                Long.parseLong(parts.get(4)),
                                Long.parseLong(parts.get(5))));
            } else if (parts.size() == 3 && parts.get(0).equals("begun")) {
                begun.add(parts.get(1) + "\t" + parts.get(2));
            }
        } catch (NumberFormatException e) {
            throw SlipwayException.invalid(
                    "import.journal", "The journal is damaged; remove it, and everything is looked at once more.", e);
        }
    }

    /** What was brought over of the thing in this state; empty if it has yet to be. */
    synchronized Optional<Done> done(String id, String state) {
        return Optional.ofNullable(done.get(id)).filter(known -> known.state().equals(state));
    }

    /** Whether an import of the thing in this state was begun before this one. */
    synchronized boolean begin(String id, String state) {
        boolean before = !begun.add(id + "\t" + state);
        if (!before) {
            append(String.join("\t", "begun", id, state));
        }
        return before;
    }

    synchronized void finish(String id, Done what) {
        done.put(id, what);
        append(String.join(
                "\t",
                "done",
                id,
                what.state(),
                Long.toString(what.values()),
                Long.toString(what.files()),
                Long.toString(what.bytes())));
    }

    /** A short name for the state that a thing is in. */
    static String state(Record thing) {
        return Digest.of(thing.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
    }

    private void append(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "import.journal", "Can't write the journal (" + e + "): make room and run it again.", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
