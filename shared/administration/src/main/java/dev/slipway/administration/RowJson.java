package dev.slipway.administration;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A row of the graph as one line of JSON: equal rows are equal bytes, whichever store they come from. */
final class RowJson {
    private RowJson() {}

    static byte[] write(GraphRow row) {
        return Json.write(json -> {
            json.writeStartObject();
            if (row instanceof EntityRow entity) {
                entity(json, entity);
            } else if (row instanceof EdgeRow edge) {
                edge(json, edge);
            } else if (row instanceof ClaimRow claim) {
                json.writeStringField("workspace", claim.workspace().name());
                json.writeStringField("name", claim.name());
                json.writeStringField("value", claim.value());
            } else if (row instanceof FacetRow facet) {
                facet(json, facet);
            } else if (row instanceof EventRow event) {
                event(json, event.event());
            } else if (row instanceof ReaderRow reader) {
                json.writeStringField("reader", reader.reader());
                json.writeNumberField("position", reader.position());
            }
            json.writeEndObject();
        });
    }

    private static void entity(JsonGenerator json, EntityRow row) throws IOException {
        Envelope entity = row.entity();
        json.writeStringField("workspace", entity.workspace().name());
        json.writeStringField("id", entity.id().value());
        json.writeStringField("type", entity.type().wireName());
        json.writeNumberField("schema", entity.schema());
        json.writeNumberField("revision", entity.revision());
        json.writeNumberField("created", entity.created());
        json.writeNumberField("updated", entity.updated());
        json.writeStringField("body", entity.body());
        json.writeArrayFieldStart("indexed");
        for (IndexEntry place : inOrder(row.indexed())) {
            json.writeStartObject();
            json.writeStringField("index", place.index());
            json.writeArrayFieldStart("key");
            for (IndexValue value : place.key()) {
                if (value instanceof IndexValue.Numeric number) {
                    json.writeNumber(number.value());
                } else if (value instanceof IndexValue.Text text) {
                    json.writeString(text.value());
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Stores give an entity's places in any order. */
    static List<IndexEntry> inOrder(List<IndexEntry> places) {
        return places.stream().sorted(Comparator.comparing(IndexEntry::index)).toList();
    }

    private static void edge(JsonGenerator json, EdgeRow row) throws IOException {
        json.writeStringField("workspace", row.workspace().name());
        ref(json, "from", row.edge().from());
        json.writeStringField("type", row.edge().type().wireName());
        ref(json, "to", row.edge().to());
        json.writeNumberField("created", row.edge().created());
    }

    private static void facet(JsonGenerator json, FacetRow row) throws IOException {
        FacetUpdate update = row.facet();
        json.writeStringField("workspace", row.workspace().name());
        ref(json, "entity", update.entity());
        json.writeStringField("scope", update.scope().value());
        json.writeStringField("kind", update.facet().kind().name());
        json.writeStringField("key", update.facet().key());
        if (update.facet().value() instanceof Facet.Value.Num number) {
            json.writeFieldName("number");
            Numbers.write(json, number.value());
        } else {
            json.writeStringField("text", update.facet().value().text());
        }
        json.writeNumberField("step", update.facet().step());
        json.writeNumberField("timestamp", update.facet().timestamp());
    }

    private static void event(JsonGenerator json, Event row) throws IOException {
        json.writeNumberField("position", row.position());
        json.writeStringField("workspace", row.workspace().name());
        json.writeStringField("id", row.event().id().value());
        json.writeStringField("type", row.event().type());
        ref(json, "subject", row.event().subject());
        json.writeStringField("caller", row.event().caller());
        json.writeNumberField("time", row.event().time());
        json.writeStringField("body", row.event().body());
    }

    private static void ref(JsonGenerator json, String name, EntityRef ref) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("type", ref.type().wireName());
        json.writeStringField("id", ref.id().value());
        json.writeEndObject();
    }

    /** @throws IOException for a line that is no row of this kind */
    static GraphRow read(GraphRow.Kind kind, byte[] line) throws IOException {
        Fields fields = Fields.of(line);
        try {
            return switch (kind) {
                case ENTITY -> entity(fields);
                case EDGE ->
                    new EdgeRow(
                            workspace(fields),
                            new Edge(
                                    ref(fields.object("from")),
                                    edgeType(fields.text("type")),
                                    ref(fields.object("to")),
                                    fields.number("created")));
                case CLAIM -> new ClaimRow(workspace(fields), fields.text("name"), fields.text("value"));
                case FACET -> facet(fields);
                case EVENT -> event(fields);
                case READER -> new ReaderRow(fields.text("reader"), fields.number("position"));
            };
        } catch (SlipwayException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static EntityRow entity(Fields fields) throws IOException {
        List<IndexEntry> indexed = new ArrayList<>();
        for (Fields place : fields.objects("indexed")) {
            List<IndexValue> key = new ArrayList<>();
            for (Object value : place.list("key")) {
                key.add(value instanceof Long number ? IndexValue.of(number) : IndexValue.of((String) value));
            }
            indexed.add(new IndexEntry(place.text("index"), key));
        }
        Envelope entity = new Envelope(
                new EntityId(fields.text("id")),
                workspace(fields),
                EntityType.of(fields.text("type")),
                Math.toIntExact(fields.number("schema")),
                fields.number("revision"),
                fields.number("created"),
                fields.number("updated"),
                fields.text("body"));
        return new EntityRow(entity, indexed);
    }

    private static FacetRow facet(Fields fields) throws IOException {
        Facet facet = new Facet(
                FacetKind.valueOf(fields.text("kind")),
                fields.text("key"),
                fields.has("number")
                        ? new Facet.Value.Num(Numbers.read(fields.values().get("number")))
                        : new Facet.Value.Text(fields.text("text")),
                fields.number("step"),
                fields.number("timestamp"));
        return new FacetRow(
                workspace(fields),
                new FacetUpdate(ref(fields.object("entity")), new EntityId(fields.text("scope")), facet));
    }

    private static EventRow event(Fields fields) throws IOException {
        NewEvent event = new NewEvent(
                new EventId(fields.text("id")),
                fields.text("type"),
                ref(fields.object("subject")),
                fields.text("caller"),
                fields.number("time"),
                fields.text("body"));
        return new EventRow(new Event(fields.number("position"), workspace(fields), event));
    }

    private static Workspace workspace(Fields fields) throws IOException {
        return new Workspace(fields.text("workspace"));
    }

    private static EntityRef ref(Fields fields) throws IOException {
        return new EntityRef(EntityType.of(fields.text("type")), new EntityId(fields.text("id")));
    }

    private static EdgeType edgeType(String wireName) throws IOException {
        return Arrays.stream(EdgeType.values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no edge type '" + wireName + "'"));
    }
}
