package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import java.util.HexFormat;

/** Ids as the 16 bytes under which facets are stored; they sort as their texts do. */
final class Ids {
    private static final HexFormat HEXADECIMAL = HexFormat.of();

    private Ids() {}

    static byte[] bytes(EntityId id) {
        return HEXADECIMAL.parseHex(id.value());
    }

    static EntityId id(byte[] bytes) {
        return new EntityId(HEXADECIMAL.formatHex(bytes));
    }
}
