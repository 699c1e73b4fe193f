package dev.slipway.onnx.run;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what the nodes of an ORT-format model do. Field numbers are those of ONNX Runtime's {@code ort.fbs}. */
final class OrtNodes {
    private static final int SESSION_MODEL = 1;
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODES = 2;
    private static final int NODE_DOMAIN = 2;
    private static final int NODE_SINCE = 3;
    private static final int NODE_OPERATOR = 5;
    private static final int NODE_ATTRIBUTES = 10;
    private static final int ATTRIBUTE_GRAPH = 7;
    private static final int ATTRIBUTE_GRAPHS = 12;
    private static final int DEEPEST_NESTING = 64;
    private static final int MOST = 1_000_000;

    private final List<OrtOperator> operators = new ArrayList<>();

    /** One for each node, those in bodies too. Fails with {@code onnx.malformed}. */
    static List<OrtOperator> of(ByteBuffer file) {
        OrtNodes nodes = new OrtNodes();
        try {
            FlatTable graph = FlatTable.root(file)
                    .table(SESSION_MODEL)
                    .flatMap(model -> model.table(MODEL_GRAPH))
                    .orElseThrow(FlatTable::damaged);
            nodes.collect(graph, 0);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw FlatTable.damaged();
        }
        return List.copyOf(nodes.operators);
    }

    private void collect(FlatTable graph, int depth) {
        for (FlatTable node : graph.tables(GRAPH_NODES)) {
            if (operators.size() >= MOST || depth > DEEPEST_NESTING) {
                throw FlatTable.damaged();
            }
            String domain = node.text(NODE_DOMAIN);
            operators.add(new OrtOperator(
                    domain.isEmpty() ? "ai.onnx" : domain, node.text(NODE_OPERATOR), node.integer(NODE_SINCE)));
            for (FlatTable attribute : node.tables(NODE_ATTRIBUTES)) {
                attribute.table(ATTRIBUTE_GRAPH).ifPresent(body -> collect(body, depth + 1));
                attribute.tables(ATTRIBUTE_GRAPHS).forEach(body -> collect(body, depth + 1));
            }
        }
    }
}
