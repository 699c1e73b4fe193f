package dev.slipway.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The value of a node's attribute. */
public sealed interface AttributeValue {

    record IntegerValue(long value) implements AttributeValue {}

    record NumberValue(float value) implements AttributeValue {}

    /** Text; ONNX holds bytes, which are read as UTF-8. */
    record Text(String value) implements AttributeValue {}

    record Integers(List<Long> values) implements AttributeValue {
        public Integers {
            values = List.copyOf(values);
        }
    }

    record Numbers(List<Float> values) implements AttributeValue {
        public Numbers {
            values = List.copyOf(values);
        }
    }

    record Texts(List<String> values) implements AttributeValue {
        public Texts {
            values = List.copyOf(values);
        }
    }

    record TensorValue(OnnxTensor value) implements AttributeValue {}

    record Tensors(List<OnnxTensor> values) implements AttributeValue {
        public Tensors {
            values = List.copyOf(values);
        }
    }

    /** A body of If, Loop or Scan. */
    record GraphValue(OnnxGraph value) implements AttributeValue {}

    record Graphs(List<OnnxGraph> values) implements AttributeValue {
        public Graphs {
            values = List.copyOf(values);
        }
    }

    /** A type, such as the one of an empty Optional, kept as it was read: the bytes of its {@code TypeProto}. */
    record TypeValue(ByteBuffer type) implements AttributeValue {
        public TypeValue {
            type = type.slice().asReadOnlyBuffer();
        }
    }

    static AttributeValue integer(long value) {
        return new IntegerValue(value);
    }

    static AttributeValue integers(long... values) {
        return new Integers(Arrays.stream(values).boxed().toList());
    }

    static AttributeValue number(float value) {
        return new NumberValue(value);
    }

    static AttributeValue text(String value) {
        return new Text(value);
    }
}
