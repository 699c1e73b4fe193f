package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans artifacts that may name others: those that begin like text, such as JSON, and what begins so inside gzip. Whatever
 * else there is (models, arrays, pictures) names nothing.
 */
final class TextArtifacts {
    private static final Logger LOG = LoggerFactory.getLogger(TextArtifacts.class);
    private static final byte ESCAPE = 0x1b;
    private static final int BEGINNING = 512;
    private static final int BUFFER = 64 * 1024;

    private final ArtifactStore artifacts;

    TextArtifacts(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** Does nothing for one that is gone. */
    void scan(Digest digest, DigestScanner.Found found) {
        try (BufferedInputStream bytes =
                new BufferedInputStream(artifacts.open(digest, 0, OptionalLong.empty()), BUFFER)) {
            if (isCompressed(bytes)) {
                scanCompressed(bytes, found);
            } else {
                scanText(bytes, found);
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "gc.unreadable",
                    "Artifact " + digest + " can't be read, so that nobody knows what it refers to, and nothing was"
                            + " removed: " + e.getMessage() + ". Run 'slipway admin check'.",
                    e);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static boolean isCompressed(InputStream bytes) throws IOException {
        bytes.mark(2);
        boolean compressed = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return compressed;
    }

    private static void scanCompressed(InputStream bytes, DigestScanner.Found found) throws IOException {
        try (BufferedInputStream inside = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER)) {
            scanText(inside, found);
        } catch (ZipException | EOFException e) {
            LOG.debug("it begins like gzip, and is none or a part of it", e);
        }
    }

    private static void scanText(InputStream bytes, DigestScanner.Found found) throws IOException {
        bytes.mark(BEGINNING);
        byte[] beginning = bytes.readNBytes(BEGINNING);
        bytes.reset();
        if (!isText(beginning)) {
            return;
        }
        DigestScanner scanner = new DigestScanner(found);
        byte[] buffer = new byte[BUFFER];
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            scanner.scan(buffer, read);
        }
    }

    /** Whether no byte is a control character that texts don't have; logs have escapes. */
    private static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            boolean control = each >= 0 && each < ' ';
            if (control && each != '\n' && each != '\r' && each != '\t' && each != ESCAPE) {
                return false;
            }
        }
        return true;
    }
}
