package dev.slipway.administration;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Removes artifacts that nothing refers to, while services run.
 *
 * <p><b>What refers.</b> Every 64 hexadecimal digits in an entity's body, in a claim or in a facet's text that name an artifact
 * keep it; so do those in the text of an artifact that is kept itself, and so on (a dataset's manifest names its membership).
 * Artifacts put at the cutoff or later are kept, and so is what they name. Events keep nothing: they tell of the past.
 *
 * <p><b>Why it is safe.</b> The list of artifacts is taken first, and only what is on it with a time before the cutoff may be
 * removed; what refers is read afterwards. A writer puts bytes first and then commits what refers to them, soon. So for
 * whatever a writer refers to, either its put was at the cutoff or later, and then {@code ArtifactStore.delete} keeps it, were
 * its bytes there before or not, because it looks at the time of the last put once more; or it was before, and then the
 * reference was committed long ago and is read here. Everything that refers is read twice, so that a reference is also seen when
 * it is moved to a row that was already passed. What is left open is a writer that takes longer from its put to its commit than
 * the grace, or that refers to bytes it neither put nor took from something that refers to them: hence a grace of a day.
 *
 * <p>Memory: some 60 bytes for each artifact of the store.
 */
public final class GarbageCollection {
    private static final int PAGE = 500;
    private static final List<GraphRow.Kind> ROOTS =
            List.of(GraphRow.Kind.ENTITY, GraphRow.Kind.CLAIM, GraphRow.Kind.FACET);
    private static final int READINGS = 2;

    private final Installation installation;
    private final TextArtifacts texts;
    private final Progress progress;
    private final DigestSet all = new DigestSet();
    private final BitSet young = new BitSet();
    private final BitSet kept = new BitSet();
    private final BitSet scanned = new BitSet();

    /** One removal; make another one for the next. */
    public GarbageCollection(Installation installation, Progress progress) {
        this.installation = installation;
        this.texts = new TextArtifacts(installation.artifacts());
        this.progress = progress;
    }

    /**
     * Finds what nothing refers to and removes it.
     *
     * @param cutoff artifacts put then or later are kept
     * @param remove false to remove nothing and only tell
     * @throws SlipwayException {@code UNAVAILABLE} with {@code gc.unreadable}, and nothing was removed, when an artifact that
     *     may refer to others can't be read; {@code CONFLICT} with {@code gc.unfinished-import} when what refers is not all
     *     there yet
     */
    public GarbageReport run(Instant cutoff, boolean remove) {
        if (ImportMark.in(installation.graph()).isPresent()) {
            throw SlipwayException.conflict(
                    "gc.unfinished-import",
                    "An import into this installation has not been finished. Run it again to its end first.");
        }
        list(cutoff);
        kept.or(young);
        for (int reading = 0; reading < READINGS; reading++) {
            ROOTS.forEach(this::markRows);
            markNamed();
        }
        return sweep(cutoff, remove);
    }

    private void list(Instant cutoff) {
        Optional<String> cursor = Optional.empty();
        do {
            Page<ListedArtifact> page = installation.artifacts().list(PAGE, cursor);
            for (ListedArtifact listed : page.items()) {
                if (!listed.put().isBefore(cutoff)) {
                    young.set(all.count());
                }
                all.add(listed.artifact());
            }
            progress.at("listing artifacts", all.count());
            cursor = page.next();
        } while (cursor.isPresent());
    }

    private void markRows(GraphRow.Kind kind) {
        DigestScanner scanner = new DigestScanner(this::keep);
        Optional<String> cursor = Optional.empty();
        long read = 0;
        do {
            Page<GraphRow> page = installation.graph().rows(kind, PAGE, cursor);
            for (GraphRow row : page.items()) {
                scan(row, scanner);
            }
            read += page.items().size();
            progress.at("reading " + Section.valueOf(kind.name()).plural(), read);
            cursor = page.next();
        } while (cursor.isPresent());
    }

    private static void scan(GraphRow row, DigestScanner scanner) {
        if (row instanceof EntityRow entity) {
            scanner.scan(entity.entity().body());
        } else if (row instanceof ClaimRow claim) {
            scanner.scan(claim.name());
            scanner.scan(claim.value());
        } else if (row instanceof FacetRow facet) {
            scanner.scan(facet.facet().facet().value().text());
        }
    }

    private void keep(long first, long second, long third, long fourth) {
        int index = all.indexOf(first, second, third, fourth);
        if (index >= 0) {
            kept.set(index);
        }
    }

    /** Keeps what kept artifacts name, until there is no other. */
    private void markNamed() {
        boolean more = true;
        while (more) {
            more = false;
            for (int index = kept.nextSetBit(0); index >= 0; index = kept.nextSetBit(index + 1)) {
                if (!scanned.get(index)) {
                    scanned.set(index);
                    texts.scan(all.digest(index), this::keep);
                    progress.at("reading what artifacts name", scanned.cardinality());
                    more = true;
                }
            }
        }
    }

    private GarbageReport sweep(Instant cutoff, boolean remove) {
        long removed = 0;
        long bytes = 0;
        long late = 0;
        for (int index = kept.nextClearBit(0); index < all.count(); index = kept.nextClearBit(index + 1)) {
            if (!remove || installation.artifacts().delete(all.digest(index), cutoff)) {
                removed++;
                bytes += all.size(index);
                progress.at(remove ? "removing artifacts" : "finding artifacts", removed);
            } else {
                late++;
            }
        }
        return new GarbageReport(all.count(), young.cardinality(), removed, bytes, late);
    }
}
