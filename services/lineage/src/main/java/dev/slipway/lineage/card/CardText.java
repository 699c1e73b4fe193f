package dev.slipway.lineage.card;

/** Writes a card: the sections of Hugging Face's template that lineage or people say something to. */
final class CardText {
    private CardText() {}

    static String of(CardFacts facts) {
        Markdown text = new Markdown();
        text.heading(1, "Model Card for " + Markdown.escaped(facts.name()) + ", version " + facts.number());
        facts.description().ifPresent(text::quote);
        new DetailsSection(facts, text).write();
        new UsesSection(facts, text).write();
        new TrainingSection(facts, text).write();
        new EvaluationSection(facts, text).write();
        new FilesSection(facts, text).write();
        new ProductionSection(facts, text).write();
        new ProvenanceSection(facts, text).write();
        return FrontMatter.of(facts) + text;
    }
}
