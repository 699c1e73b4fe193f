package dev.slipway.gateway.schema;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A Relay global id: the type and the id of an entity, in base64url without padding. */
record GlobalId(EntityType type, String id) {
    String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((type.wireName() + ':' + id).getBytes(StandardCharsets.US_ASCII));
    }

    /** Fails with {@code graphql.id} when the text is no global id. */
    static GlobalId decode(String encoded) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw malformed(encoded);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw malformed(encoded);
        }
        try {
            EntityId id = new EntityId(text.substring(colon + 1));
            GlobalId decoded = new GlobalId(EntityType.of(text.substring(0, colon)), id.value());
            // Base64 can say the same thing in several ways; only the one we give is an id.
            if (!decoded.encoded().equals(encoded)) {
                throw malformed(encoded);
            }
            return decoded;
        } catch (SlipwayException e) {
            throw malformed(encoded);
        }
    }

    /** The id, if it names an entity of that type; otherwise {@code graphql.id-type}. */
    String of(EntityType expected) {
        if (type != expected) {
            throw SlipwayException.invalid(
                    "graphql.id-type",
                    "'" + encoded() + "' is the id of a " + type.wireName() + ", but that of a " + expected.wireName()
                            + " is needed.");
        }
        return id;
    }

    private static SlipwayException malformed(String encoded) {
        String shown = encoded.length() > 80 ? encoded.substring(0, 80) + "…" : encoded;
        return SlipwayException.invalid(
                "graphql.id", "'" + shown + "' is no global id: give one as an 'id' field has shown it.");
    }
}
