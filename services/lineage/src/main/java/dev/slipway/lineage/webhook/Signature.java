package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs deliveries, so that a receiver knows who sent them and that nobody sends an old one again. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** Version 1 of MLflow's signatures: of the id, the time and the payload, with dots between. */
    static String of(String secret, String deliveryId, String timestamp, String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] signed = (deliveryId + "." + timestamp + "." + payload).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw SlipwayException.internal("webhook.signature", "This JVM can't sign with " + ALGORITHM + ".", e);
        }
    }
}
