package dev.slipway.lineage.card;

import java.util.Optional;

/** What it is for, and what not: only people can tell. */
record UsesSection(CardFacts facts, Markdown text) {
    private static final String UNTOLD = "Nobody has told. Set the tag `%s` of the version or its model.";

    void write() {
        text.heading(2, "Uses").heading(3, "Direct Use");
        told(CardTag.INTENDED_USE);
        text.heading(3, "Out-of-Scope Use");
        told(CardTag.OUT_OF_SCOPE);
        text.heading(2, "Bias, Risks, and Limitations");
        told(CardTag.LIMITATIONS);
    }

    private void told(CardTag tag) {
        Optional<String> words = facts.tag(tag);
        if (words.isPresent()) {
            text.quote(words.get());
        } else {
            text.paragraph(UNTOLD.formatted(tag.keys().get(0)));
        }
    }
}
