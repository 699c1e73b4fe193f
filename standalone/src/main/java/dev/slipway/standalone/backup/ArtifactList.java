package dev.slipway.standalone.backup;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file that names a backup's artifacts, a line with digest and size for each, in the order of digests. */
final class ArtifactList implements AutoCloseable {
    static final String NAME = "artifacts.txt";

    private final Path file;
    private final BufferedReader lines;

    private ArtifactList(Path file, BufferedReader lines) {
        this.file = file;
        this.lines = lines;
    }

    static ArtifactList open(Path backup) throws IOException {
        Path file = backup.resolve(NAME);
        return new ArtifactList(file, Files.newBufferedReader(file, StandardCharsets.US_ASCII));
    }

    static String line(Artifact artifact) {
        return artifact.digest() + " " + artifact.size() + "\n";
    }

    /** The next one; empty at the end. */
    Optional<Artifact> next() {
        try {
            String line = lines.readLine();
            return line == null ? Optional.empty() : Optional.of(parse(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Artifact parse(String line) {
        String[] parts = line.split(" ", -1);
        try {
            return new Artifact(new Digest(parts[0]), Long.parseLong(parts[1]));
        } catch (SlipwayException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw SlipwayException.invalid("backup.altered", file + " is damaged: it has the line '" + line + "'.", e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
