package dev.slipway.conversion;

import dev.slipway.edge.Converter;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.tflite.TfliteModel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Names the code that converts by its content, so that what another version made is not taken for this one's. */
@Singleton
final class ConverterVersion {
    private static final List<Class<?>> PARTS = List.of(Converter.class, OnnxModel.class, TfliteModel.class);

    private final Digest digest;

    ConverterVersion() {
        try {
            MessageDigest sha256 = Digest.newSha256();
            for (Class<?> part : PARTS) {
                add(
                        Path.of(part.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()),
                        sha256);
            }
            digest = Digest.finish(sha256);
        } catch (IOException | URISyntaxException e) {
            throw SlipwayException.internal(
                    "conversion.version", "The converter's own code can't be read: " + e.getMessage() + ".", e);
        }
    }

    Digest digest() {
        return digest;
    }

    /** An archive or a folder of classes. */
    private static void add(Path code, MessageDigest sha256) throws IOException {
        try (Stream<Path> files = Files.walk(code);
                OutputStream to = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (InputStream from = Files.newInputStream(file)) {
                    from.transferTo(to);
                }
            }
        }
    }
}
