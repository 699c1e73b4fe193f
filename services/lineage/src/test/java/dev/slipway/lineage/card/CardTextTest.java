package dev.slipway.lineage.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.FeatureDrift;
import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class CardTextTest {
    private static final long TIME = 1_790_000_000_000L;

    /** A thing that is not escaped and begins markup. */
    private static final Pattern MARKUP = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*[<\\[*`~$]");

    private static String id(int number) {
        return String.format("%032x", number);
    }

    private static CardFacts everything(String name, String word) {
        ModelVersionId version = new ModelVersionId(id(2));
        DatasetVersionId data = new DatasetVersionId(id(3));
        RunId run = new RunId(id(4));
        Digest digest = Digest.of("x".getBytes(StandardCharsets.UTF_8));
        GateReport gates = new GateReport(
                false,
                List.of(
                        new Gate("accuracy", true, "Accuracy 0.975; at least 0.9 is asked for."),
                        new Gate(word, false, word)),
                0.975,
                null,
                data,
                TIME);
        ModelFile file =
                new ModelFile(new ConversionId(id(5)), Target.TFLITE, Precision.INT8, Layout.NHWC, digest, 1234, 0.015);
        return new CardFacts(
                new Model(name, 3, data, GatePolicy.DEFAULT, Map.of("beta", version, word, version), word, null),
                new Entity<>(
                        version,
                        1,
                        TIME,
                        TIME,
                        new ModelVersion(
                                new ModelId(id(1)),
                                3,
                                run,
                                data,
                                digest,
                                List.of("cat", word),
                                List.of(1, 8, 8),
                                List.of(file),
                                gates,
                                new VersionDetails(
                                        null, Stage.STAGING, word, null, null, word, null, word, word, null))),
                Map.of(
                        "license",
                        "Apache-2.0",
                        "license_link",
                        word,
                        "authors",
                        word,
                        "pipeline_tag",
                        "image-classification",
                        "intended_use",
                        "To sort pictures.\n- not for people\n# " + word,
                        "limitations",
                        word),
                List.of(new CardFacts.Data(
                        word,
                        new Entity<>(
                                data,
                                1,
                                TIME,
                                TIME,
                                new DatasetVersion(
                                        new DatasetId(id(6)),
                                        2,
                                        digest,
                                        new ProjectId(id(7)),
                                        null,
                                        1,
                                        List.of("cat", word),
                                        List.of(1, 8, 8),
                                        Map.of(
                                                SplitName.TRAIN, new Split(digest, digest, 70, List.of(30, 40)),
                                                SplitName.TEST, new Split(digest, digest, 20, List.of(9, 11))),
                                        new Statistics(0, 1, 0.5, 0.25))))),
                Optional.of(new CardFacts.Training(
                        new Entity<>(
                                run,
                                1,
                                TIME,
                                TIME,
                                new Run(
                                        new ExperimentId(id(8)),
                                        word,
                                        RunState.FINISHED,
                                        data,
                                        null,
                                        null,
                                        TIME,
                                        TIME + 60_000,
                                        word,
                                        null,
                                        null)),
                        word,
                        new RunData(
                                run,
                                List.of(new Param("rate", "0.1"), new Param("word", word)),
                                List.of(new Param("mlflow.source.git.commit", "abc")),
                                List.of(
                                        new Metric("loss", Double.NaN, 1, 1),
                                        new Metric("accuracy", 0.96, 1, 1),
                                        new Metric("slice/night/accuracy", 0.5, 1, 1))))),
                List.of(new Entity<>(
                        new ConversionId(id(5)),
                        1,
                        TIME,
                        TIME,
                        new Conversion(
                                version,
                                Target.TFLITE,
                                Precision.INT8,
                                Layout.NHWC,
                                data,
                                new JobId(id(9)),
                                JobState.SUCCEEDED,
                                digest,
                                1234L,
                                new ParityReport(20, 0.015, 0.001, 0.95, 0.9, 0.95, 0.1, 0.999, 0.99, true),
                                null,
                                null,
                                null,
                                null))),
                List.of(new CardFacts.Delivered("beta", 4)),
                List.of(new Entity<>(
                        new DriftReportId(id(10)),
                        1,
                        TIME,
                        TIME,
                        new DriftReport(
                                new MonitorId(id(11)),
                                version,
                                data,
                                400,
                                0.25,
                                0.75,
                                14.5,
                                1,
                                List.of(),
                                new FeatureDrift(-1, 0.5, 0, 1, true),
                                true,
                                TIME,
                                TIME + 1000))),
                List.of(EntityRef.of(EntityType.RUN, run), new EntityRef(EntityType.PROJECT, new EntityId(id(7)))));
    }

    private static CardFacts nothing() {
        ModelVersion version = new ModelVersion(
                new ModelId(id(1)), 1, null, null, null, List.of(), List.of(), List.of(), null, VersionDetails.NONE);
        return new CardFacts(
                new Model("bare", 1, null, GatePolicy.DEFAULT, Map.of(), null, null),
                new Entity<>(new ModelVersionId(id(2)), 1, TIME, TIME, version),
                Map.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** What differs is left in target/card, to be looked at and, if it is right, to become the golden file. */
    private static void matches(String name, String card) throws IOException {
        Path came = Path.of("target", "card", name);
        Files.createDirectories(came.getParent());
        Files.writeString(came, card);
        try (InputStream file = CardTextTest.class.getResourceAsStream("/golden/card/" + name)) {
            assertThat(card).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aCardTellsAllThatIsKnown() throws IOException {
        matches("everything.md", CardText.of(everything("my model é", "a word")));
    }

    @Test
    void aCardSaysWhatIsNotKnown() throws IOException {
        matches("nothing.md", CardText.of(nothing()));
    }

    @Test
    void hostileNamesAreShownAndDoNothing() throws IOException {
        String hostile =
                "x\"\n---\n# Evil\n<script>alert(1)</script> [link](javascript:x) | `code` **b** ![i](http://h/x) www.x.y"
                        + " \u202eabc {{ }} &lt; \\";
        matches("hostile.md", CardText.of(everything(hostile, hostile)));
    }

    @Property(tries = 300)
    void theHeadIsAlwaysYamlThatSaysWhatWasGiven(@ForAll @StringLength(max = 60) String name) {
        String card = CardText.of(everything(name, name));
        String head = card.substring(4, card.indexOf("\n---\n") + 1);
        Map<?, ?> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(head);

        assertThat(yaml.get("license")).isEqualTo("apache-2.0");
        Object data = ((List<?>) yaml.get("datasets")).get(0);
        // A lone half of a character can't be written at all.
        if (StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            assertThat(data).isEqualTo(name);
        }
    }

    @Property(tries = 300)
    void whateverIsWrittenIsNoMarkup(@ForAll @StringLength(max = 60) String words) {
        String escaped = Markdown.escaped(words);
        assertThat(escaped).doesNotContain("\n", "\r");
        assertThat(MARKUP.matcher(escaped).find()).as(escaped).isFalse();
    }
}
