package dev.slipway.registry.delivery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Signs manifests as JWS in compact form with ES256, which every JDK 8 and Android can verify. */
@Singleton
public final class ManifestSigner {
    /** The {@code typ} of the header, so that no other token signed with these keys passes for a manifest. */
    static final JOSEObjectType TYPE = new JOSEObjectType("slipway-manifest");

    private final SigningKeys keys;
    private final ObjectMapper json;

    ManifestSigner(SigningKeys keys, ObjectMapper json) {
        this.keys = keys;
        this.json = json;
    }

    /** The signed manifest; its header names the key as {@code kid}. */
    public String sign(Manifest manifest) {
        ECKey key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        try {
            JWSObject jws = new JWSObject(header, new Payload(json.writeValueAsBytes(manifest)));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (JOSEException | IOException e) {
            throw SlipwayException.internal(
                    "delivery.signing", "The manifest of " + manifest.model() + " can't be signed.", e);
        }
    }
}
