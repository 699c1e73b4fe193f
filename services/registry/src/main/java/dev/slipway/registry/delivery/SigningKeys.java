package dev.slipway.registry.delivery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.slipway.kernel.SlipwayException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign manifests: EC P-256 keys in the JWK format, a file each. The one with the latest {@code iat} signs,
 * all of them verify; so a key is rotated by dropping a newer file into the folder, and retired by taking its file out
 * once no manifest signed with it is in use. The folder is read each time, so no process needs a restart.
 */
@Singleton
final class SigningKeys {
    private static final Comparator<ECKey> BY_ISSUE =
            Comparator.comparing(SigningKeys::issued).thenComparing(ECKey::getKeyID);

    private final KeyFolder folder;
    private final FirstKey first;
    private final InstantSource clock;

    SigningKeys(DeliverySettings settings, FirstKey first, InstantSource clock) {
        this.folder = new KeyFolder(settings.keys());
        this.first = first;
        this.clock = clock;
    }

    /** The newest key that can sign. */
    ECKey signing() {
        return all().stream()
                .filter(ECKey::isPrivate)
                .max(BY_ISSUE)
                .orElseThrow(() -> SlipwayException.invalid(
                        "delivery.no-signing-key",
                        "The key folder " + folder.path() + " holds public keys only; add a private EC P-256 JWK."));
    }

    /** The public halves of all keys. */
    JWKSet verifying() {
        return new JWKSet(all().stream().<JWK>map(ECKey::toPublicJWK).toList());
    }

    /** All keys; the first one is made when there is none. */
    private List<ECKey> all() {
        List<ECKey> keys = read();
        if (keys.isEmpty()) {
            makeFirst();
            keys = read();
        }
        return keys;
    }

    private void makeFirst() {
        Optional<String> known = first.id();
        if (known.isPresent()) {
            // Another process may have written it into this folder just now.
            if (read().isEmpty()) {
                refuse(known.get());
            }
            return;
        }
        ECKey made = newKey();
        if (folder.writeFirst(made.toJSONString())) {
            String firstId = first.become(made.getKeyID());
            if (!firstId.equals(made.getKeyID())) {
                // A process with another folder was quicker.
                folder.removeFirst();
                refuse(firstId);
            }
        }
    }

    private void refuse(String firstId) {
        throw SlipwayException.internal(
                "delivery.keys-elsewhere",
                "This installation signs with key " + firstId + " already, but the key folder " + folder.path()
                        + " is empty. Let all processes of the registry see one folder (slipway.delivery.keys), or"
                        + " copy the keys there; without them devices refuse what was released before.",
                null);
    }

    private List<ECKey> read() {
        return folder.read().stream().map(SigningKeys::parse).toList();
    }

    private ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .issueTime(Date.from(clock.instant()))
                    .generate();
        } catch (JOSEException e) {
            throw SlipwayException.internal("delivery.key", "This JVM can't make an EC P-256 key.", e);
        }
    }

    /** A key that does not say when it was made counts as the oldest. */
    private static Instant issued(ECKey key) {
        return key.getIssueTime() == null ? Instant.EPOCH : key.getIssueTime().toInstant();
    }

    private static ECKey parse(KeyFolder.KeyFile file) {
        try {
            ECKey key = ECKey.parse(file.text());
            if (!Curve.P_256.equals(key.getCurve())) {
                throw unusable(file, "its curve is not P-256", null);
            }
            return key.getKeyID() == null
                    ? new ECKey.Builder(key).keyIDFromThumbprint().build()
                    : key;
        } catch (java.text.ParseException | JOSEException | IllegalStateException | IllegalArgumentException e) {
            // The parser's message is left out: it may quote the key.
            throw unusable(file, "it is no EC key in the JWK format", e);
        }
    }

    private static SlipwayException unusable(KeyFolder.KeyFile file, String why, Throwable cause) {
        return SlipwayException.internal(
                "delivery.key",
                "The key file " + file.path() + " can't be used: " + why
                        + ". Replace it by an EC P-256 key as JWK, or take it out of the folder.",
                cause);
    }
}
