package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Claims by keys made of their names. A claim that is required is written as it is: its new revision makes a conflict
 * with whoever changes it at the same time, which only reading it would not.
 */
final class ClaimDocuments {
    Optional<String> get(Session session, Workspace workspace, String name) {
        return session.get(Table.CLAIMS, Keys.claim(workspace, name)).map(claim -> Fields.text(claim, "value"));
    }

    void change(Session session, Workspace workspace, List<ClaimChange> changes) {
        Map<String, BaseDocument> before = session.get(
                Table.CLAIMS,
                changes.stream()
                        .map(change -> Keys.claim(workspace, change.name()))
                        .toList());
        List<BaseDocument> taken = new ArrayList<>();
        List<BaseDocument> changed = new ArrayList<>();
        List<BaseDocument> released = new ArrayList<>();
        for (ClaimChange change : changes) {
            BaseDocument held = before.get(Keys.claim(workspace, change.name()));
            if (change instanceof ClaimChange.Take take) {
                if (held != null) {
                    throw taken(take.name());
                }
                taken.add(document(new ClaimRow(workspace, take.name(), take.value())));
            } else if (change instanceof ClaimChange.Move move) {
                hold(held, move.name(), move.from());
                held.updateAttribute("value", move.to());
                changed.add(held);
            } else if (change instanceof ClaimChange.Release release) {
                hold(held, release.name(), release.from());
                released.add(held);
            } else if (change instanceof ClaimChange.Require require) {
                hold(held, require.name(), require.value());
                changed.add(held);
            }
        }
        session.replace(Table.CLAIMS, changed);
        session.remove(Table.CLAIMS, released);
        session.insert(Table.CLAIMS, taken, claim -> taken(Fields.text(claim, "name")));
    }

    private static SlipwayException taken(String name) {
        return SlipwayException.conflict("store.claim-taken", "The name '" + name + "' is taken already.");
    }

    private static void hold(BaseDocument held, String name, String value) {
        if (held == null || !Fields.text(held, "value").equals(value)) {
            throw SlipwayException.conflict(
                    "store.claim-lost",
                    "The claim '" + name
                            + "' does not hold the value expected. Read it again, then repeat the change.");
        }
    }

    void restore(Session session, List<ClaimRow> rows) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        rows.forEach(row -> documents.put(Keys.claim(row.workspace(), row.name()), document(row)));
        session.put(Table.CLAIMS, documents.values());
    }

    int remove(Session session, List<ClaimRow> rows) {
        Map<String, ClaimRow> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(Keys.claim(row.workspace(), row.name()), row));
        List<BaseDocument> removed = new ArrayList<>();
        session.get(Table.CLAIMS, byKey.keySet()).forEach((key, document) -> {
            if (row(document).equals(byKey.get(key))) {
                removed.add(document);
            }
        });
        session.remove(Table.CLAIMS, removed);
        return removed.size();
    }

    private static BaseDocument document(ClaimRow row) {
        BaseDocument document = new BaseDocument(Keys.claim(row.workspace(), row.name()));
        document.addAttribute("workspace", row.workspace().name());
        document.addAttribute("name", row.name());
        document.addAttribute("value", row.value());
        return document;
    }

    static ClaimRow row(BaseDocument document) {
        return new ClaimRow(
                new Workspace(Fields.text(document, "workspace")),
                Fields.text(document, "name"),
                Fields.text(document, "value"));
    }
}
