package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.WebhookId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Keeps the secrets of webhooks encrypted (AES-256-GCM), each for its webhook only. A sealed one is the key's id, a dot, and the
 * base64 of nonce and ciphertext.
 */
@Singleton
final class WebhookSecrets {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final WebhookKeys keys;
    private final SecureRandom random = new SecureRandom();

    WebhookSecrets(WebhookKeys keys) {
        this.keys = keys;
    }

    String seal(WebhookId webhook, String secret) {
        WebhookKeys.Key key = keys.current();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, key, nonce, webhook, secret.getBytes(StandardCharsets.UTF_8));
        byte[] whole = ByteBuffer.allocate(NONCE + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return key.id() + "." + Base64.getEncoder().encodeToString(whole);
    }

    /** What deliveries are signed with; null for none. {@code webhook.key-missing} when its key is not here. */
    @Nullable
    String open(WebhookId id, Webhook webhook) {
        String sealed = webhook.sealed();
        if (sealed == null) {
            return webhook.plain();
        }
        int dot = sealed.indexOf('.');
        ByteBuffer whole = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(dot + 1)));
        byte[] nonce = new byte[NONCE];
        whole.get(nonce);
        byte[] rest = new byte[whole.remaining()];
        whole.get(rest);
        return new String(apply(Cipher.DECRYPT_MODE, keys.get(keyOf(sealed)), nonce, id, rest), StandardCharsets.UTF_8);
    }

    /** The webhook with its secret under today's key, as it is to be written; as it is when its key is not here. */
    Webhook renewed(WebhookId id, Webhook webhook) {
        if (webhook.plain() == null && webhook.sealed() == null) {
            return webhook;
        }
        try {
            if (webhook.sealed() != null
                    && keyOf(webhook.sealed()).equals(keys.current().id())) {
                return webhook;
            }
            return webhook.withSealed(seal(id, open(id, webhook)));
        } catch (SlipwayException e) {
            if (e.code().equals("webhook.key-missing")) {
                return webhook;
            }
            throw e;
        }
    }

    private static String keyOf(String sealed) {
        return sealed.substring(0, sealed.indexOf('.'));
    }

    private static byte[] apply(int mode, WebhookKeys.Key key, byte[] nonce, WebhookId webhook, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(webhook.value().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw SlipwayException.internal(
                    "webhook.secret",
                    "The secret of webhook " + webhook + " can't be " + (mode == Cipher.ENCRYPT_MODE ? "en" : "de")
                            + "crypted with key " + key + ".",
                    e);
        }
    }
}
