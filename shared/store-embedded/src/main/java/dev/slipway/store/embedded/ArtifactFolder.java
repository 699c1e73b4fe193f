package dev.slipway.store.embedded;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ListedArtifact;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where artifacts lie: {@code ab/cd/<digest>} below the root, so that no folder grows large, and {@code tmp}. */
final class ArtifactFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactFolder.class);
    /** Nobody writes one artifact for so long. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final String REMOVED = ".removed";
    private static final int DIGITS = 64;
    /** Each remover takes a file that was just put away once at most, so that a few looks find it. */
    private static final int LOOKS = 4;

    private final Path root;
    private final Path temporary;

    private ArtifactFolder(Path root) {
        this.root = root;
        this.temporary = root.resolve("tmp");
    }

    /** Makes the folder if need be, and clears away what processes left that died while writing. */
    static ArtifactFolder open(Path root, InstantSource clock) {
        ArtifactFolder folder = new ArtifactFolder(root);
        try {
            Files.createDirectories(folder.temporary);
            folder.clearTemporary(clock.instant().minus(ABANDONED));
        } catch (IOException e) {
            throw StoreErrors.unwritable(root, e);
        }
        return folder;
    }

    Path temporary(String name) {
        return temporary.resolve(name);
    }

    Path file(Digest digest) {
        return root.resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2, 4))
                .resolve(digest.hex());
    }

    /** Removes a temporary file that was not renamed; one that can't be removed now is cleared away later. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} can not be removed now; it will be when the store is opened another day", file, e);
        }
    }

    /** So many artifacts after a digest, in order. */
    List<ListedArtifact> list(String after, int count) {
        List<ListedArtifact> found = new ArrayList<>();
        try {
            for (Path outer : children(root, after, 2)) {
                String inOuter = after.startsWith(name(outer)) ? after : "";
                for (Path inner : children(outer, inOuter.length() > 2 ? inOuter.substring(2) : "", 2)) {
                    for (Path file : children(inner, after, 64)) {
                        if (found.size() == count) {
                            return found;
                        }
                        add(found, file, after);
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw StoreErrors.of(e, root);
        }
    }

    private static void add(List<ListedArtifact> found, Path file, String after) throws IOException {
        try {
            if (name(file).compareTo(after) > 0) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                found.add(new ListedArtifact(
                        new Artifact(new Digest(name(file)), attributes.size()),
                        attributes.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was deleted while artifacts were listed", file);
        }
    }

    /** The children with names of so many hexadecimal digits, in order, from the beginning of {@code after} on. */
    private static List<Path> children(Path folder, String after, int digits) throws IOException {
        String first = after.length() > digits ? after.substring(0, digits) : after;
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> name(child).matches("[0-9a-f]{" + digits + "}"))
                    .filter(child -> name(child).compareTo(first) >= 0)
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** Something that is done with an artifact's file. */
    interface Read<T> {
        T from(Path file) throws IOException;
    }

    /**
     * Reads an artifact's file where it is, in its place or, while somebody asks whether it may be removed, taken away.
     *
     * @throws NoSuchFileException for an unknown artifact
     */
    <T> T read(Digest digest, Read<T> read) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            List<Path> places = new ArrayList<>(List.of(file(digest)));
            if (look > 0) {
                places.addAll(takenAway(digest));
            }
            for (Path place : places) {
                try {
                    return read.from(place);
                } catch (NoSuchFileException e) {
                    LOG.trace("{} is not there", place);
                }
            }
        }
        return read.from(file(digest));
    }

    private List<Path> takenAway(Digest digest) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> name(file).startsWith(digest.hex()))
                    .filter(file -> name(file).endsWith(REMOVED))
                    .toList();
        }
    }

    /**
     * Removes an artifact that was not put since. It is taken away before its time is looked at a second time, so that
     * a put which runs meanwhile is either seen, and undoes the removal, or makes the file anew. {@link #read} finds it
     * either way.
     */
    boolean remove(Digest digest, Instant notPutSince) throws IOException {
        Path file = file(digest);
        Path taken = temporary(digest.hex() + "." + UUID.randomUUID() + REMOVED);
        try {
            if (putSince(file, notPutSince)) {
                return false;
            }
            Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
            if (putSince(taken, notPutSince)) {
                giveBack(taken);
                return false;
            }
            Files.delete(taken);
        } catch (NoSuchFileException e) {
            return false;
        }
        force(file.getParent());
        return true;
    }

    private static boolean putSince(Path file, Instant instant) throws IOException {
        return !Files.getLastModifiedTime(file).toInstant().isBefore(instant);
    }

    /** Puts a file that was taken away back into its place, unless one that was put later is there by now. */
    private void giveBack(Path taken) throws IOException {
        Path file = file(new Digest(name(taken).substring(0, DIGITS)));
        makeFolders(file.getParent());
        try {
            Files.createLink(file, taken);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was put anew", file);
        } catch (UnsupportedOperationException e) {
            Files.move(taken, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.delete(taken);
    }

    /** What a process had taken away when it died is given back, because the artifact may have been put meanwhile. */
    private void clearTemporary(Instant before) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(temporary)) {
            files = all.toList();
        }
        for (Path file : files) {
            try {
                if (name(file).endsWith(REMOVED)) {
                    giveBack(file);
                } else if (!putSince(file, before)) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                LOG.debug("{} was removed by another process", file);
            }
        }
    }

    /** Makes the folder and its parents, each of them forced to the disk with the entry that names it. */
    static void makeFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            makeFolders(parent);
            Files.createDirectories(folder);
            force(parent);
        }
    }

    /** Forces a folder's entries to the disk. Windows does not let a folder be opened, and needs no such step. */
    static void force(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
