package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.store.graph.GraphRow.ReaderRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far the readers of the event log have come. */
final class ReaderDocuments {
    long position(Session session, String reader) {
        return session.get(Table.READERS, Keys.reader(reader))
                .map(document -> Fields.number(document, "position"))
                .orElse(0L);
    }

    boolean move(Session session, String reader, long from, long to) {
        Optional<BaseDocument> before = session.get(Table.READERS, Keys.reader(reader));
        if (before.map(document -> Fields.number(document, "position")).orElse(0L) != from) {
            return false;
        }
        BaseDocument moved = document(new ReaderRow(reader, to));
        if (before.isEmpty()) {
            session.insert(Table.READERS, List.of(moved));
        } else {
            moved.setRevision(before.get().getRevision());
            session.replace(Table.READERS, List.of(moved));
        }
        return true;
    }

    void restore(Session session, List<ReaderRow> rows) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        rows.forEach(row -> documents.put(Keys.reader(row.reader()), document(row)));
        session.put(Table.READERS, documents.values());
    }

    int remove(Session session, List<ReaderRow> rows) {
        Map<String, ReaderRow> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(Keys.reader(row.reader()), row));
        List<BaseDocument> removed = new ArrayList<>();
        session.get(Table.READERS, byKey.keySet()).forEach((key, document) -> {
            if (row(document).equals(byKey.get(key))) {
                removed.add(document);
            }
        });
        session.remove(Table.READERS, removed);
        return removed.size();
    }

    private static BaseDocument document(ReaderRow row) {
        BaseDocument document = new BaseDocument(Keys.reader(row.reader()));
        document.addAttribute("reader", row.reader());
        document.addAttribute("position", row.position());
        return document;
    }

    static ReaderRow row(BaseDocument document) {
        return new ReaderRow(Fields.text(document, "reader"), Fields.number(document, "position"));
    }
}
