package dev.slipway.store.arangodb;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.FacetKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/**
 * Keys of documents, made of what names them, so that the same thing always has the same document. Their characters are
 * those of {@link Ordered}, and the digits, whose order is the same by bytes and by any collation.
 */
final class Keys {
    private static final int WORKSPACE_BYTES = 16;
    private static final int NAME_BYTES = 20;

    static final String SCHEMA = "schema";
    static final String SEQUENCER = "sequencer";

    private Keys() {}

    /** Entities of one workspace stand together, in the order of their ids. */
    static String entity(Workspace workspace, EntityId id) {
        return hash(WORKSPACE_BYTES, workspace.name()) + Ordered.id(id);
    }

    /** The {@code _id} of an entity, as edges name their ends. */
    static String vertex(Workspace workspace, EntityId id) {
        return Table.ENTITIES.collection() + "/" + entity(workspace, id);
    }

    static String entry(Workspace workspace, EntityId id, String index) {
        return name(workspace.name(), id.value(), index);
    }

    static String edge(Workspace workspace, Edge edge) {
        return name(
                workspace.name(),
                edge.from().id().value(),
                edge.type().wireName(),
                edge.to().id().value());
    }

    static String claim(Workspace workspace, String name) {
        return name(workspace.name(), name);
    }

    static String facet(Workspace workspace, EntityId entity, FacetKind kind, String key) {
        return name(workspace.name(), entity.value(), kind.name(), key);
    }

    static String facetEntity(Workspace workspace, String type, EntityId scope, EntityId entity) {
        return name(workspace.name(), type, scope.value(), entity.value());
    }

    static String reader(String name) {
        return name("reader", name);
    }

    /** Positions of events with so many digits that their texts sort as they count. */
    static String event(long position) {
        return String.format(Locale.ROOT, "%019d", position);
    }

    private static String name(String... parts) {
        return hash(NAME_BYTES, parts);
    }

    private static String hash(int length, String... parts) {
        MessageDigest sha256 = Digest.newSha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        return Ordered.bytes(Arrays.copyOf(sha256.digest(), length));
    }
}
