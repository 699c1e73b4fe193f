package dev.slipway.administration;

import dev.slipway.administration.Finding.Problem;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks whether what the stores hold fits together. Services may run meanwhile: an entity is written with its edges, and
 * after its artifacts. Repairs are for when nothing else writes.
 */
public final class Check {
    private static final int PAGE = 500;
    private static final int BUFFER = 64 * 1024;

    private final GraphStore graph;
    private final ArtifactStore artifacts;
    private final EntityRules rules;
    private final Options options;
    private final Progress progress;

    /**
     * What to do.
     *
     * @param readArtifacts whether all bytes of all artifacts are read and held against their names
     * @param repair whether what can be mended is
     * @param limit how many findings are kept in the report
     */
    public record Options(boolean readArtifacts, boolean repair, int limit) {}

    public Check(Installation installation, EntityRules rules, Options options, Progress progress) {
        this.graph = installation.graph();
        this.artifacts = installation.artifacts();
        this.rules = rules;
        this.options = options;
        this.progress = progress;
    }

    /** Checks everything. */
    public CheckReport run() {
        Findings findings = new Findings(options.limit());
        eachPage(GraphRow.Kind.ENTITY, findings, rows -> {
            for (GraphRow row : rows) {
                entity((EntityRow) row, findings);
            }
        });
        eachPage(GraphRow.Kind.EDGE, findings, rows -> edges(rows, findings));
        eachPage(GraphRow.Kind.FACET, findings, rows -> facets(rows, findings));
        if (options.readArtifacts()) {
            readArtifacts(findings);
        }
        return findings.report();
    }

    private interface Rows {
        void check(List<GraphRow> rows);
    }

    private void eachPage(GraphRow.Kind kind, Findings findings, Rows check) {
        Section section = Section.valueOf(kind.name());
        Optional<String> cursor = Optional.empty();
        do {
            Page<GraphRow> page = graph.rows(kind, PAGE, cursor);
            check.check(page.items());
            findings.checked(section, page.items().size());
            progress.at("checking " + section.plural(), findings.checked(section));
            cursor = page.next();
        } while (cursor.isPresent());
    }

    private void entity(EntityRow row, Findings findings) {
        try {
            Optional<List<IndexEntry>> expected = rules.indexed(row.entity());
            if (expected.isPresent() && !RowJson.inOrder(expected.get()).equals(RowJson.inOrder(row.indexed()))) {
                if (options.repair()) {
                    graph.restore(List.of(new EntityRow(row.entity(), expected.get())));
                }
                findings.add(
                        Problem.WRONG_INDEX,
                        name(row.entity()),
                        "it stands at " + row.indexed() + " and belongs to " + expected.get(),
                        options.repair());
            }
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.UNAVAILABLE) {
                throw e;
            }
            findings.add(Problem.UNREADABLE_BODY, name(row.entity()), e.getMessage(), false);
            return;
        }
        for (Digest digest : rules.artifacts(row.entity())) {
            if (artifacts.size(digest).isEmpty()) {
                findings.add(
                        Problem.MISSING_ARTIFACT,
                        name(row.entity()),
                        "its artifact " + digest + " is not there",
                        false);
            }
        }
    }

    private static String name(Envelope entity) {
        return entity.type().wireName() + " " + entity.id() + " in " + entity.workspace();
    }

    private static String name(EntityRef entity, Workspace workspace) {
        return entity.type().wireName() + " " + entity.id() + " in " + workspace;
    }

    /** An entity as a row names it. */
    private record End(Workspace workspace, EntityRef entity) {}

    private void edges(List<GraphRow> rows, Findings findings) {
        Set<End> ends = new HashSet<>();
        for (GraphRow row : rows) {
            EdgeRow edge = (EdgeRow) row;
            ends.add(new End(edge.workspace(), edge.edge().from()));
            ends.add(new End(edge.workspace(), edge.edge().to()));
        }
        Set<End> existing = existing(ends);
        for (GraphRow row : rows) {
            EdgeRow edge = (EdgeRow) row;
            for (EntityRef end : List.of(edge.edge().from(), edge.edge().to())) {
                if (!existing.contains(new End(edge.workspace(), end))) {
                    findings.add(
                            Problem.DANGLING_EDGE,
                            edge.edge().type().wireName() + " from "
                                    + name(edge.edge().from(), edge.workspace()) + " to "
                                    + edge.edge().to().type().wireName() + " "
                                    + edge.edge().to().id(),
                            "there is no " + end.type().wireName() + " " + end.id(),
                            removed(row));
                    break;
                }
            }
        }
    }

    private void facets(List<GraphRow> rows, Findings findings) {
        Set<End> ends = new HashSet<>();
        for (GraphRow row : rows) {
            FacetRow facet = (FacetRow) row;
            ends.add(new End(facet.workspace(), facet.facet().entity()));
        }
        Set<End> existing = existing(ends);
        for (GraphRow row : rows) {
            FacetRow facet = (FacetRow) row;
            if (!existing.contains(new End(facet.workspace(), facet.facet().entity()))) {
                findings.add(
                        Problem.ORPHANED_FACET,
                        facet.facet().facet().kind() + " '"
                                + facet.facet().facet().key() + "' of "
                                + name(facet.facet().entity(), facet.workspace()),
                        "there is no such entity",
                        removed(row));
            }
        }
    }

    private boolean removed(GraphRow row) {
        return options.repair() && graph.remove(List.of(row)) == 1;
    }

    private Set<End> existing(Set<End> wanted) {
        Map<Workspace, List<EntityId>> ids = new HashMap<>();
        for (End end : wanted) {
            ids.computeIfAbsent(end.workspace(), workspace -> new ArrayList<>())
                    .add(end.entity().id());
        }
        Set<End> existing = new HashSet<>();
        ids.forEach((workspace, all) -> {
            for (int from = 0; from < all.size(); from += GraphStore.MAX_IDS) {
                List<EntityId> some = all.subList(from, Math.min(all.size(), from + GraphStore.MAX_IDS));
                for (Envelope found : graph.get(workspace, some).values()) {
                    existing.add(new End(workspace, new EntityRef(found.type(), found.id())));
                }
            }
        });
        return existing;
    }

    private void readArtifacts(Findings findings) {
        Optional<String> cursor = Optional.empty();
        do {
            Page<ListedArtifact> page = artifacts.list(PAGE, cursor);
            for (ListedArtifact listed : page.items()) {
                readArtifact(listed.artifact(), findings);
                findings.checked(Section.ARTIFACT, 1);
                progress.at("reading artifacts", findings.checked(Section.ARTIFACT));
            }
            cursor = page.next();
        } while (cursor.isPresent());
    }

    /** Reading to the end is enough: the store holds what it gives against the digest. */
    private void readArtifact(Artifact artifact, Findings findings) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = artifacts.open(artifact.digest(), 0, OptionalLong.empty())) {
            long read = 0;
            for (int more = bytes.read(buffer); more >= 0; more = bytes.read(buffer)) {
                read += more;
            }
            if (read != artifact.size()) {
                throw new IOException("it has " + read + " bytes, not " + artifact.size());
            }
        } catch (IOException e) {
            findings.add(Problem.CORRUPT_ARTIFACT, "artifact " + artifact.digest(), e.getMessage(), false);
        } catch (SlipwayException e) {
            // One that was removed since it was listed.
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
