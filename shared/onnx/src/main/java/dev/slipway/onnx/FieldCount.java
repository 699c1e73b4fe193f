package dev.slipway.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;

/**
 * Counts what a file holds before any of it is built: an empty node takes two bytes in the file, but a hundred times that
 * in memory.
 */
final class FieldCount {
    /** Far more than any model has, trees of a million leaves included. */
    private static final int MOST = 16_000_000;

    private static final int DEEPEST = 64;

    private int fields;

    private FieldCount() {}

    /** Reads a whole file; fails with {@code onnx.unsupported} if it holds too much. */
    static void check(CodedInputStream model) throws IOException {
        new FieldCount().count(model, Message.MODEL, 0);
    }

    private void count(CodedInputStream input, Message message, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw OnnxReader.malformed("its messages are nested deeper than " + DEEPEST, null);
        }
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            fields++;
            if (fields > MOST) {
                throw SlipwayException.tooLarge(
                        "onnx.unsupported",
                        "The ONNX file has more than " + MOST + " nodes, attributes and numbers outside of its weights;"
                                + " no runtime for phones could load it.");
            }
            Message inner = message.inner(WireFormat.getTagFieldNumber(tag));
            if (inner == Message.NONE || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                input.skipField(tag);
            } else {
                int limit = input.pushLimit(input.readRawVarint32());
                count(input, inner, depth + 1);
                input.popLimit(limit);
            }
        }
    }

    /** The messages of {@code onnx.proto} that hold many others, by their field numbers. */
    private enum Message {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        TENSOR,
        NONE;

        Message inner(int field) {
            return switch (this) {
                case MODEL -> field == 7 ? GRAPH : field == 25 ? FUNCTION : NONE;
                case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : NONE;
                case FUNCTION -> field == 7 ? NODE : field == 11 ? ATTRIBUTE : NONE;
                case NODE -> field == 5 ? ATTRIBUTE : NONE;
                case ATTRIBUTE ->
                    switch (field) {
                        case 6, 11 -> GRAPH;
                        case 5, 10 -> TENSOR;
                        default -> NONE;
                    };
                case TENSOR, NONE -> NONE;
            };
        }
    }
}
