package dev.slipway.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.EventRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.GraphRow.ReaderRow;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An export of format 1 is kept as a test resource: every later version imports it, and until the format rises it writes the
 * same lines.
 */
class FormatTest {
    private static final EntityRef RUN = ref(EntityType.RUN, "01");
    private static final EntityRef MODEL = ref(EntityType.MODEL, "02");

    @TempDir
    private Path folder;

    private static EntityRef ref(EntityType type, String end) {
        return new EntityRef(type, new EntityId("018f0000000070008000000000000" + "0" + end));
    }

    private static List<GraphRow> rows() {
        Envelope run = new Envelope(
                RUN.id(),
                Workspace.DEFAULT,
                RUN.type(),
                2,
                7,
                1_700_000_000_000L,
                1_700_000_000_001L,
                "{\"n\":\"ä\\n😀\"}");
        Envelope model = new Envelope(MODEL.id(), new Workspace("w2"), MODEL.type(), 1, 1, 0, -1, "{}");
        return List.of(
                new EntityRow(
                        run,
                        List.of(
                                IndexEntry.of("all", IndexValue.of(-5), IndexValue.of("ü"), IndexValue.of("")),
                                IndexEntry.of("by-loss", IndexValue.of(Double.NaN)))),
                new EntityRow(model, List.of()),
                new EdgeRow(Workspace.DEFAULT, new Edge(RUN, EdgeType.DERIVED_FROM, MODEL, 3)),
                new ClaimRow(Workspace.DEFAULT, "model-name/ü", "value"),
                new FacetRow(
                        Workspace.DEFAULT,
                        new FacetUpdate(
                                RUN,
                                MODEL.id(),
                                new Facet(FacetKind.METRIC, "loss", new Facet.Value.Num(Double.NaN), 5, 6))),
                new FacetRow(
                        Workspace.DEFAULT,
                        new FacetUpdate(
                                RUN, MODEL.id(), new Facet(FacetKind.PARAM, "lr", new Facet.Value.Num(-0.0), 0, 6))),
                new FacetRow(
                        Workspace.DEFAULT,
                        new FacetUpdate(
                                RUN, MODEL.id(), new Facet(FacetKind.TAG, "t", new Facet.Value.Text("\"ü\""), 0, 6))),
                new EventRow(new Event(
                        42,
                        new Workspace("w2"),
                        new NewEvent(
                                new EventId("018f0000000070008000000000000099"),
                                "run.made",
                                RUN,
                                "me",
                                9,
                                "{\"a\":1}"))),
                new ReaderRow("audit", 41));
    }

    private static void fill(Installation installation) {
        installation.graph().restore(rows());
        installation
                .metrics()
                .append(List.of(new Chunk(
                        new Series(Workspace.DEFAULT, RUN.id(), "loss/ü"),
                        List.of(
                                new Point(-1, 2, 0.1),
                                new Point(0, 2, Double.NEGATIVE_INFINITY),
                                new Point(0, 2, 1e300),
                                new Point(3, 4, Double.NaN)))));
        installation.artifacts().put("an artifact\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theLinesWrittenAreThoseOfTheFormat() throws Exception {
        Folder data = new Folder(folder.resolve("data"));
        data.use(FormatTest::fill);
        Path export = folder.resolve("export");
        data.exportTo(export);
        assertThat(lines(export)).isEqualTo(lines(kept()));
        assertThat(Manifest.read(Files.readAllBytes(export.resolve("manifest.json")), "")
                        .section(Section.POINT)
                        .hash())
                .isEqualTo(Manifest.read(Files.readAllBytes(kept().resolve("manifest.json")), "")
                        .section(Section.POINT)
                        .hash());
    }

    @Test
    void anExportOfTheFirstVersionIsImported() throws Exception {
        Folder filled = new Folder(folder.resolve("filled"));
        filled.use(FormatTest::fill);
        Folder imported = new Folder(folder.resolve("imported"));
        imported.importFrom(kept());
        assertThat(imported.contents()).isEqualTo(filled.contents());
        assertThat(imported.<Long>ask(installation -> installation.graph().lastEventPosition()))
                .isEqualTo(42);
    }

    @Property(tries = 200)
    void doublesAreReadBackExactly(@ForAll double value) throws IOException {
        Series series = new Series(Workspace.DEFAULT, RUN.id(), "k");
        Point point = new Point(1, 2, value);
        assertThat(PointsJson.read(PointsJson.write(series, List.of(point))).points())
                .containsExactly(point);
    }

    @Property(tries = 200)
    void rowsAreReadBackExactly(@ForAll String text, @ForAll long number) throws IOException {
        Envelope run = new Envelope(RUN.id(), Workspace.DEFAULT, RUN.type(), 1, number, number, number, text);
        List<GraphRow> rows = List.of(
                new EntityRow(run, List.of(IndexEntry.of(text, IndexValue.of(text), IndexValue.of(number)))),
                new ClaimRow(Workspace.DEFAULT, text, text),
                new ReaderRow(text, number));
        for (GraphRow row : rows) {
            // JSON is UTF-8, which knows no halves of surrogate pairs; no store keeps them either.
            if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                assertThat(RowJson.read(row.kind(), RowJson.write(row))).isEqualTo(row);
            }
        }
    }

    @Test
    void everyKindOfRowIsReadBackExactly() throws IOException {
        for (GraphRow row : rows()) {
            assertThat(RowJson.read(row.kind(), RowJson.write(row))).isEqualTo(row);
        }
    }

    private static Path kept() throws URISyntaxException {
        return Path.of(FormatTest.class.getResource("/export-format-1").toURI());
    }

    private static List<String> lines(Path export) throws IOException {
        Manifest manifest = Manifest.read(Files.readAllBytes(export.resolve("manifest.json")), "manifest.json");
        List<String> lines = new ArrayList<>();
        for (Manifest.FileOfSection file : manifest.files()) {
            try (LineFile read = new LineFile(export.resolve(file.file().name()))) {
                for (Optional<byte[]> line = read.next(); line.isPresent(); line = read.next()) {
                    lines.add(file.file().name() + " " + new String(line.get(), StandardCharsets.UTF_8));
                }
            }
        }
        return lines;
    }
}
