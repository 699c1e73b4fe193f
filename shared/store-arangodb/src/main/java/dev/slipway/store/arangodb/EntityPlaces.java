package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.IndexEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places in the declared indexes that a batch takes away and adds. */
final class EntityPlaces {
    private final Map<String, BaseDocument> added = new LinkedHashMap<>();
    private final List<String> takenAway = new ArrayList<>();

    void takeAway(Workspace workspace, EntityId id, List<IndexEntry> places) {
        places.forEach(place -> takenAway.add(Keys.entry(workspace, id, place.index())));
    }

    void add(Envelope entity, List<IndexEntry> places) {
        for (IndexEntry place : places) {
            String key = Keys.entry(entity.workspace(), entity.id(), place.index());
            BaseDocument document = new BaseDocument(key);
            document.addAttribute("workspace", entity.workspace().name());
            document.addAttribute("type", entity.type().wireName());
            document.addAttribute("name", place.index());
            document.addAttribute("place", Ordered.place(place.key(), entity.id()));
            document.addAttribute("entity", Keys.entity(entity.workspace(), entity.id()));
            added.put(key, document);
        }
    }

    void write(Session session) {
        session.removeKeys(
                Table.ENTRIES,
                takenAway.stream().filter(key -> !added.containsKey(key)).toList());
        session.put(Table.ENTRIES, added.values());
    }
}
