package dev.slipway.store.arangodb;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoCursor;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.entity.BaseDocument;
import com.arangodb.entity.ErrorEntity;
import com.arangodb.entity.MultiDocumentEntity;
import com.arangodb.model.AqlQueryOptions;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.DocumentDeleteOptions;
import com.arangodb.model.DocumentReadOptions;
import com.arangodb.model.DocumentReplaceOptions;
import com.arangodb.model.OverwriteMode;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Documents by key and by named query, within one stream transaction or outside of any. Several documents are written
 * in the order of their keys, so that transactions that write the same ones wait for each other rather than both fail.
 */
final class Session {
    private static final int CHUNK = 500;

    private final ArangoDatabase database;
    /** Null outside of a transaction. */
    private final String transaction;

    private boolean written;

    private Session(ArangoDatabase database, String transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    static Session outside(ArangoDatabase database) {
        return new Session(database, null);
    }

    static Session within(ArangoDatabase database, String transaction) {
        return new Session(database, transaction);
    }

    /** Whether anything was written. */
    boolean hasWritten() {
        return written;
    }

    Optional<BaseDocument> get(Table table, String key) {
        return Optional.ofNullable(get(table, List.of(key)).get(key));
    }

    /** Those that exist, by key, in the order of the keys given. */
    Map<String, BaseDocument> get(Table table, Collection<String> keys) {
        Map<String, BaseDocument> found = new LinkedHashMap<>();
        for (List<String> chunk : chunks(new ArrayList<>(keys))) {
            MultiDocumentEntity<BaseDocument> answer = collection(table)
                    .getDocuments(
                            chunk, BaseDocument.class, new DocumentReadOptions().streamTransactionId(transaction));
            for (ErrorEntity error : answer.getErrors()) {
                if (error.getErrorNum() != ArangoErrors.DOCUMENT_NOT_FOUND) {
                    throw new ArangoDBException(error);
                }
            }
            answer.getDocuments().forEach(document -> found.put(document.getKey(), document));
        }
        return found;
    }

    /** Inserts documents that must not exist; any that does fails as {@code taken} says. */
    void insert(Table table, Collection<BaseDocument> documents, Function<BaseDocument, SlipwayException> taken) {
        write(documents, OverwriteMode.conflict, table, taken);
    }

    /** Inserts documents; any that exists by now is a conflict with another transaction. */
    void insert(Table table, Collection<BaseDocument> documents) {
        write(documents, OverwriteMode.conflict, table, document -> null);
    }

    /** Inserts those that do not exist. */
    void insertAbsent(Table table, Collection<BaseDocument> documents) {
        write(documents, OverwriteMode.ignore, table, document -> null);
    }

    /** Inserts documents or puts them in the place of what was there. */
    void put(Table table, Collection<BaseDocument> documents) {
        write(documents, OverwriteMode.replace, table, document -> null);
    }

    private void write(
            Collection<BaseDocument> documents,
            OverwriteMode mode,
            Table table,
            Function<BaseDocument, SlipwayException> taken) {
        for (List<BaseDocument> chunk : chunks(sorted(documents))) {
            written = true;
            List<?> answers = collection(table)
                    .insertDocuments(
                            chunk,
                            new DocumentCreateOptions().overwriteMode(mode).streamTransactionId(transaction))
                    .getDocumentsAndErrors();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) instanceof ErrorEntity error) {
                    SlipwayException meaning =
                            error.getErrorNum() == ArangoErrors.UNIQUE ? taken.apply(chunk.get(i)) : null;
                    throw meaning == null ? new ArangoDBException(error) : meaning;
                }
            }
        }
    }

    /** Replaces documents that still have the revision they were read with; any that has not is a conflict. */
    void replace(Table table, Collection<BaseDocument> documents) {
        for (List<BaseDocument> chunk : chunks(sorted(documents))) {
            written = true;
            refuse(collection(table)
                    .replaceDocuments(
                            chunk,
                            new DocumentReplaceOptions().ignoreRevs(false).streamTransactionId(transaction))
                    .getErrors());
        }
    }

    /** Removes documents that still have the revision they were read with; any that has not is a conflict. */
    void remove(Table table, Collection<BaseDocument> documents) {
        for (List<BaseDocument> chunk : chunks(sorted(documents))) {
            written = true;
            refuse(collection(table)
                    .deleteDocuments(
                            chunk, new DocumentDeleteOptions().ignoreRevs(false).streamTransactionId(transaction))
                    .getErrors());
        }
    }

    /** Removes what stands under these keys, if anything does. */
    void removeKeys(Table table, Collection<String> keys) {
        for (List<String> chunk : chunks(keys.stream().sorted().toList())) {
            written = true;
            refuse(collection(table)
                    .deleteDocuments(chunk, new DocumentDeleteOptions().streamTransactionId(transaction))
                    .getErrors()
                    .stream()
                    .filter(error -> error.getErrorNum() != ArangoErrors.DOCUMENT_NOT_FOUND)
                    .toList());
        }
    }

    private static void refuse(Collection<ErrorEntity> errors) {
        errors.stream().findFirst().ifPresent(error -> {
            throw new ArangoDBException(error);
        });
    }

    <T> List<T> query(Aql aql, Map<String, Object> values, Function<BaseDocument, T> row) {
        List<T> rows = new ArrayList<>();
        each(aql, values, document -> rows.add(row.apply(document)));
        return rows;
    }

    void each(Aql aql, Map<String, Object> values, Consumer<BaseDocument> row) {
        try (ArangoCursor<BaseDocument> cursor = database.query(
                aql.text(),
                BaseDocument.class,
                values,
                new AqlQueryOptions().batchSize(CHUNK).streamTransactionId(transaction))) {
            while (cursor.hasNext()) {
                row.accept(cursor.next());
            }
        } catch (IOException e) {
            throw ArangoDBException.of(e);
        }
    }

    private ArangoCollection collection(Table table) {
        return database.collection(table.collection());
    }

    private static List<BaseDocument> sorted(Collection<BaseDocument> documents) {
        return documents.stream()
                .sorted(Comparator.comparing(BaseDocument::getKey, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
