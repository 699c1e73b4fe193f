package dev.slipway.lineage.webhook;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.files.PrivateFile;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES keys that the secrets of webhooks are encrypted with: the files {@code webhooks-*.key} of the key folder, each the
 * base64 of 32 bytes, and one made of {@code slipway.webhooks.secret-key} if that is set. All of them decrypt; that one, or
 * else the file whose name comes last, encrypts. The first is made when there is none; the folder is read each time.
 */
@Singleton
final class WebhookKeys {
    private static final String PREFIX = "webhooks-";
    private static final String SUFFIX = ".key";
    private static final String FIRST = PREFIX + "1" + SUFFIX;
    private static final String CLAIM = "webhook-key/first";
    private static final int BYTES = 32;
    private static final int MAX_FILES = 32;
    private static final int MAX_SIZE = 1024;
    private static final int SHORTEST_TEXT = 32;

    private final WebhookSettings settings;
    private final GraphStore graph;
    private final SecureRandom random = new SecureRandom();

    WebhookKeys(WebhookSettings settings, GraphStore graph) {
        this.settings = settings;
        this.graph = graph;
    }

    /** A key, and a name of it that tells nothing about it. */
    record Key(String id, SecretKeySpec key) {
        private static Key of(byte[] bytes) {
            return new Key(Digest.of(bytes).hex().substring(0, 16), new SecretKeySpec(bytes, "AES"));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** The one that encrypts. */
    Key current() {
        List<Key> keys = all();
        if (keys.isEmpty()) {
            makeFirst();
            keys = all();
        }
        return keys.get(keys.size() - 1);
    }

    /** The one of that id; {@code webhook.key-missing} if it is not here. */
    Key get(String id) {
        return all().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> SlipwayException.unavailable(
                        "webhook.key-missing",
                        "The secret of a webhook is encrypted with key " + id + ", which is neither in "
                                + settings.keys()
                                + " (slipway.webhooks.keys) nor slipway.webhooks.secret-key: bring it back, or give"
                                + " the webhook its secret again.",
                        null));
    }

    private List<Key> all() {
        List<Key> keys = new ArrayList<>();
        for (Path file : files()) {
            keys.add(read(file));
        }
        String text = settings.secretKey();
        if (text != null && !text.isEmpty()) {
            if (text.length() < SHORTEST_TEXT) {
                throw SlipwayException.invalid(
                        "webhook.key",
                        "slipway.webhooks.secret-key has " + text.length() + " characters; give it " + SHORTEST_TEXT
                                + " at least, of a random kind.");
            }
            keys.add(Key.of(HexFormat.of()
                    .parseHex(Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex())));
        }
        return keys;
    }

    private List<Path> files() {
        if (!Files.isDirectory(settings.keys())) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(settings.keys())) {
            List<Path> files = paths.filter(path -> {
                        String name = path.getFileName().toString();
                        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
                    })
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (files.size() > MAX_FILES) {
                throw SlipwayException.tooLarge(
                        "webhook.key",
                        "The key folder " + settings.keys() + " holds more than " + MAX_FILES + " keys.");
            }
            return files;
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    private Key read(Path file) {
        try {
            String text =
                    Files.size(file) > MAX_SIZE ? "" : Files.readString(file).strip();
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == BYTES) {
                return Key.of(bytes);
            }
        } catch (IOException e) {
            throw unavailable("read", e);
        } catch (IllegalArgumentException e) {
            // The message is left out: it may quote the key.
        }
        throw SlipwayException.invalid(
                "webhook.key",
                "The key file " + file + " does not hold the base64 of " + BYTES
                        + " bytes; replace it, or take it out of the folder.");
    }

    private void makeFirst() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Key made = Key.of(bytes);
        Path file = settings.keys().resolve(FIRST);
        try {
            if (graph.claim(Workspace.DEFAULT, CLAIM).isEmpty()) {
                if (PrivateFile.create(file, Base64.getEncoder().encodeToString(bytes)) && !isFirst(made)) {
                    // A process with another folder was quicker.
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw unavailable("write", e);
        }
        if (files().isEmpty()) {
            throw SlipwayException.unavailable(
                    "webhook.keys-elsewhere",
                    "This installation has a key for the secrets of webhooks already, but the key folder "
                            + settings.keys() + " has none. Let all processes of the lineage service see one folder"
                            + " (slipway.webhooks.keys), copy the keys there, or set slipway.webhooks.secret-key.",
                    null);
        }
    }

    private boolean isFirst(Key made) {
        try {
            graph.commit(Batch.in(Workspace.DEFAULT)
                    .claim(new ClaimChange.Take(CLAIM, made.id()))
                    .build());
            return true;
        } catch (SlipwayException e) {
            if (!e.code().equals("store.claim-taken")) {
                throw e;
            }
            return graph.claim(Workspace.DEFAULT, CLAIM).equals(Optional.of(made.id()));
        }
    }

    private SlipwayException unavailable(String what, IOException cause) {
        return SlipwayException.unavailable(
                "webhook.key-folder",
                "Can't " + what + " the keys in " + settings.keys() + " (slipway.webhooks.keys): " + cause.getMessage(),
                cause);
    }
}
