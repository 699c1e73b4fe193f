package dev.slipway.store.graph;

import dev.slipway.kernel.Workspace;
import java.util.List;

/** One thing that a graph store holds, whole: what an export reads, an import writes and a check looks at. */
public sealed interface GraphRow {
    /** The kinds of rows, in the order in which an import writes them. */
    enum Kind {
        ENTITY,
        EDGE,
        CLAIM,
        FACET,
        EVENT,
        READER
    }

    Kind kind();

    /** An entity and its places in the declared indexes; its workspace and id name it. */
    record EntityRow(Envelope entity, List<IndexEntry> indexed) implements GraphRow {
        public EntityRow {
            indexed = List.copyOf(indexed);
        }

        @Override
        public Kind kind() {
            return Kind.ENTITY;
        }
    }

    /** Named by its workspace, from, type and to. */
    record EdgeRow(Workspace workspace, Edge edge) implements GraphRow {
        @Override
        public Kind kind() {
            return Kind.EDGE;
        }
    }

    /** Named by its workspace and name. */
    record ClaimRow(Workspace workspace, String name, String value) implements GraphRow {
        @Override
        public Kind kind() {
            return Kind.CLAIM;
        }
    }

    /** Named by its workspace, entity, kind and key. */
    record FacetRow(Workspace workspace, FacetUpdate facet) implements GraphRow {
        @Override
        public Kind kind() {
            return Kind.FACET;
        }
    }

    /** Named by its position. */
    record EventRow(Event event) implements GraphRow {
        @Override
        public Kind kind() {
            return Kind.EVENT;
        }
    }

    /** How far a reader of the event log has come, named by the reader. */
    record ReaderRow(String reader, long position) implements GraphRow {
        @Override
        public Kind kind() {
            return Kind.READER;
        }
    }
}
