package dev.slipway.runtime.entity;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.Id;
import dev.slipway.store.graph.IndexEntry;
import io.micronaut.core.type.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a service says about a type of entity that it owns, once: its id type, its body, the version of the body's form,
 * how older forms become the newest, and its indexes.
 *
 * @param id makes an id of 32 digits
 * @param schema the newest version of the body's form
 * @param upcasters by the version they start from, each to the version after it
 * @param indexes where an entity stands, given its body
 */
public record EntityKind<I extends Id, B>(
        EntityType type,
        Function<String, I> id,
        Argument<B> body,
        int schema,
        Map<Integer, UnaryOperator<Map<String, Object>>> upcasters,
        List<Function<Entry<I, B>, List<IndexEntry>>> indexes) {

    /** What an index looks at. */
    public record Entry<I extends Id, B>(I id, long created, B body) {}

    public EntityKind {
        upcasters = Map.copyOf(upcasters);
        indexes = List.copyOf(indexes);
    }

    /** A kind at schema 1 without indexes. */
    public static <I extends Id, B> EntityKind<I, B> of(EntityType type, Function<String, I> id, Class<B> body) {
        return new EntityKind<>(type, id, Argument.of(body), 1, Map.of(), List.of());
    }

    /** The same with one more index; {@code entries} is empty for an entity that does not stand in it. */
    public EntityKind<I, B> index(Function<Entry<I, B>, List<IndexEntry>> entries) {
        List<Function<Entry<I, B>, List<IndexEntry>>> more = new ArrayList<>(indexes);
        more.add(entries);
        return new EntityKind<>(type, id, body, schema, upcasters, more);
    }

    /** The same, one schema further; {@code upcaster} brings a body of the version before to it. */
    public EntityKind<I, B> upcast(UnaryOperator<Map<String, Object>> upcaster) {
        Map<Integer, UnaryOperator<Map<String, Object>>> more = new HashMap<>(upcasters);
        more.put(schema, upcaster);
        return new EntityKind<>(type, id, body, schema + 1, more, indexes);
    }

    List<IndexEntry> indexed(I entity, long created, B newBody) {
        Entry<I, B> entry = new Entry<>(entity, created, newBody);
        return indexes.stream().flatMap(index -> index.apply(entry).stream()).toList();
    }
}
