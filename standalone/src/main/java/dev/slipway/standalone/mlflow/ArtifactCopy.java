package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Copies the artifacts of one owner, file by file; no file is ever whole in memory. */
final class ArtifactCopy {
    private static final int TRIES = 3;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_FILES = 1_000_000;

    private final Source source;
    private final Target target;

    ArtifactCopy(Source source, Target target) {
        this.source = source;
        this.target = target;
    }

    /** How much there is. */
    record Sum(long files, long bytes) {}

    /**
     * Copies everything.
     *
     * @param root the address of the owner's artifacts at the target
     * @param goesOn whether what is there of the same size is what was copied before
     */
    Sum copy(Owner owner, String root, boolean goesOn) {
        Map<String, Long> there = new HashMap<>();
        if (goesOn) {
            walk(target.asSource(), owner, (file, size) -> there.put(file, size));
        }
        return walk(source, owner, (file, size) -> {
            if (!size.equals(there.get(file))) {
                copyFile(owner, root, file, size);
            }
        });
    }

    /** How much of it a side has. */
    static Sum sum(Source side, Owner owner) {
        return walk(side, owner, (file, size) -> {});
    }

    private void copyFile(Owner owner, String root, String path, long size) {
        for (int tried = 1; ; tried++) {
            try (InputStream bytes = new Bounded(source.open(owner, path), size)) {
                target.artifacts().upload(root, path, bytes);
                return;
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.UNAVAILABLE || tried == TRIES) {
                    throw e;
                }
            } catch (IOException e) {
                throw SlipwayException.unavailable(
                        "import.source-file",
                        "The artifact " + path + " of " + owner.id() + " can't be read (" + e + ").",
                        e);
            }
        }
    }

    private static Sum walk(Source side, Owner owner, BiConsumer<String, Long> visit) {
        return walk(side, owner, "", 0, visit);
    }

    private static Sum walk(Source side, Owner owner, String folder, int depth, BiConsumer<String, Long> visit) {
        List<SourceFile> files = side.files(owner, folder);
        if (depth > MAX_DEPTH || files.size() > MAX_FILES) {
            throw SlipwayException.tooLarge(
                    "import.source-size",
                    "The artifacts of " + owner.id() + " are more than " + MAX_FILES + " in a folder, or more than "
                            + MAX_DEPTH + " folders deep.");
        }
        long count = 0;
        long bytes = 0;
        for (SourceFile file : files) {
            if (file.folder()) {
                Sum below = walk(side, owner, file.path(), depth + 1, visit);
                count += below.files();
                bytes += below.bytes();
            } else {
                visit.accept(file.path(), file.size());
                count++;
                bytes += file.size();
            }
        }
        return new Sum(count, bytes);
    }
}
