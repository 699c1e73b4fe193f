package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;

/** What a node says of the function that it calls. */
record FunctionKey(String domain, String name, String overload) {

    static FunctionKey of(NodeProto node) {
        return new FunctionKey(ProtoReader.domain(node.getDomain()), node.getOpType(), node.getOverload());
    }

    static FunctionKey of(FunctionProto function) {
        return new FunctionKey(ProtoReader.domain(function.getDomain()), function.getName(), function.getOverload());
    }

    @Override
    public String toString() {
        return "'" + Names.shown((domain.isEmpty() ? "" : domain + ".") + name) + "'";
    }
}
