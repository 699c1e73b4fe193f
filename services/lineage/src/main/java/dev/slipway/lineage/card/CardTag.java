package dev.slipway.lineage.card;

import java.util.List;

/** Tags of models and versions that tell what no lineage knows. */
enum CardTag {
    LICENSE("license", "licence"),
    LICENSE_LINK("license_link"),
    AUTHORS("authors", "author"),
    LANGUAGE("language"),
    TASK("pipeline_tag"),
    INTENDED_USE("intended_use"),
    OUT_OF_SCOPE("out_of_scope_use"),
    LIMITATIONS("limitations");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
    private final List<String> keys;

    CardTag(String... keys) {
        this.keys = List.of(keys);
    }

    /** Any of which holds it, the first one first. */
    List<String> keys() {
        return keys;
    }
}
