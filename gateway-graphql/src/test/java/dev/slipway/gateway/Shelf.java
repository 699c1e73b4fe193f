package dev.slipway.gateway;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Entities of one type, kept in memory, with the pages that the contracts promise. */
final class Shelf<I extends Id, B> {
    private static final AtomicLong NUMBERS = new AtomicLong(1);
    private static final long CREATED = 1_790_000_000_000L;

    private final Function<String, I> newId;
    private final Map<String, Entity<I, B>> byId = new ConcurrentSkipListMap<>();

    Shelf(Function<String, I> newId) {
        this.newId = newId;
    }

    Entity<I, B> add(B body) {
        long number = NUMBERS.getAndIncrement();
        I id = newId.apply(String.format("%032x", number));
        Entity<I, B> entity = new Entity<>(id, 1, CREATED + number, CREATED + number, body);
        byId.put(id.value(), entity);
        return entity;
    }

    Entity<I, B> get(I id) {
        return byId.get(id.value());
    }

    Entity<I, B> change(I id, UnaryOperator<B> change) {
        return byId.computeIfPresent(id.value(), (key, entity) -> entity.with(change));
    }

    List<Entity<I, B>> all(List<I> ids) {
        return ids.stream().map(this::get).filter(Objects::nonNull).toList();
    }

    /** Newest first; the cursor is the id of the last one seen. */
    Page<Entity<I, B>> page(int limit, String cursor, Predicate<B> wanted) {
        Page.checkLimit(limit);
        List<Entity<I, B>> found = new ArrayList<>();
        for (Entity<I, B> entity : ((ConcurrentSkipListMap<String, Entity<I, B>>) byId)
                .descendingMap()
                .values()) {
            boolean later = cursor == null || entity.id().value().compareTo(cursor) < 0;
            if (later && wanted.test(entity.body())) {
                found.add(entity);
            }
        }
        return found.size() <= limit
                ? Page.last(found)
                : new Page<>(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).id().value()));
    }
}
