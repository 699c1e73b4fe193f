package dev.slipway.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.run.OnnxSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Local functions are inlined by the reader. */
class FunctionTest {
    private static final String DOMAIN = "example.functions";

    @Test
    void aCallBecomesTheNodesOfItsFunction() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Twice", 17)
                        .addInput("a")
                        .addOutput("b")
                        .addNode(node("Add", List.of("a", "a"), List.of("b"))));
        model.getGraphBuilder()
                .addNode(call("Twice", List.of("x"), List.of("between")))
                .addNode(call("Twice", List.of("between"), List.of("y")));
        OnnxModel read = read(model);
        assertThat(read.graph().nodes()).extracting(OnnxNode::operator).containsExactly("Add", "Add");
        assertThat(run(read, 3)).containsExactly(12);
    }

    @Test
    void innerValuesOfTwoCallsDoNotMeet() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Quadruple", 17)
                        .addInput("x")
                        .addOutput("z")
                        .addNode(node("Add", List.of("x", "x"), List.of("y")))
                        .addNode(node("Add", List.of("y", "y"), List.of("z"))));
        model.getGraphBuilder()
                .addNode(call("Quadruple", List.of("x"), List.of("inlined")))
                .addNode(call("Quadruple", List.of("inlined"), List.of("y")));
        assertThat(run(read(model), 1)).containsExactly(16);
    }

    @Test
    void attributesAreThoseOfTheCallOrTheFunctionsDefault() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Leak", 17)
                        .addInput("a")
                        .addOutput("b")
                        .addAttributeProto(AttributeProto.newBuilder()
                                .setName("slope")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setF(0.5f))
                        .addNode(node("LeakyRelu", List.of("a"), List.of("b"))
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("alpha")
                                        .setType(AttributeProto.AttributeType.FLOAT)
                                        .setRefAttrName("slope"))));
        model.getGraphBuilder()
                .addNode(call("Leak", List.of("x"), List.of("half")))
                .addNode(call("Leak", List.of("half"), List.of("y"))
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("slope")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setF(0.25f)));
        assertThat(run(read(model), -8)).containsExactly(-1);
    }

    @Test
    void anAttributeThatNobodyGivesIsLeftOut() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Leak", 17)
                        .addInput("a")
                        .addOutput("b")
                        .addAttribute("slope")
                        .addNode(node("LeakyRelu", List.of("a"), List.of("b"))
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("alpha")
                                        .setType(AttributeProto.AttributeType.FLOAT)
                                        .setRefAttrName("slope"))));
        model.getGraphBuilder().addNode(call("Leak", List.of("x"), List.of("y")));
        assertThat(read(model).graph().nodes().get(0).attributes()).isEmpty();
    }

    @Test
    void functionsMayCallFunctionsAndPassInputsOn() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Both", 17)
                        .addInput("a")
                        .addOutput("sum")
                        .addOutput("a")
                        .addNode(call("Twice", List.of("a"), List.of("sum"))))
                .addFunctions(function("Twice", 17)
                        .addInput("a")
                        .addOutput("b")
                        .addNode(node("Add", List.of("a", "a"), List.of("b"))));
        model.getGraphBuilder()
                .addNode(call("Both", List.of("x"), List.of("sum", "same")))
                .addNode(node("Add", List.of("sum", "same"), List.of("y")));
        assertThat(run(read(model), 5)).containsExactly(15);
    }

    @Test
    void overloadsAreToldApart() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Change", 17)
                        .setOverload("up")
                        .addInput("a")
                        .addOutput("b")
                        .addNode(node("Add", List.of("a", "a"), List.of("b"))))
                .addFunctions(function("Change", 17)
                        .setOverload("down")
                        .addInput("a")
                        .addOutput("b")
                        .addNode(node("Neg", List.of("a"), List.of("b"))));
        model.getGraphBuilder()
                .addNode(call("Change", List.of("x"), List.of("t")).setOverload("down"))
                .addNode(call("Change", List.of("t"), List.of("y")).setOverload("up"));
        assertThat(run(read(model), 2)).containsExactly(-4);
    }

    @Test
    void oneVersionIsFoundInWhichModelAndFunctionMeanWhatTheySay() {
        // Add is the same in 14 and 17, ReduceSum takes its axes as an input since 13.
        ModelProto.Builder same = model(17)
                .addFunctions(function("Twice", 14)
                        .addInput("a")
                        .addOutput("b")
                        .addNode(node("Add", List.of("a", "a"), List.of("b"))));
        same.getGraphBuilder().addNode(call("Twice", List.of("x"), List.of("y")));
        assertThat(read(same).opset()).isEqualTo(17);

        ModelProto.Builder older = model(17)
                .addFunctions(function("Total", 11)
                        .addInput("a")
                        .addOutput("b")
                        .addNode(node("ReduceSum", List.of("a"), List.of("b"))));
        older.getGraphBuilder().addNode(call("Total", List.of("x"), List.of("y")));
        assertThat(read(older).opset()).isEqualTo(11);

        older.getGraphBuilder().addNode(node("HardSwish", List.of("y"), List.of("z")));
        assertRefused(older, "onnx.unsupported");
    }

    @Test
    void functionsThatCallThemselvesAreRefused() {
        ModelProto.Builder model = model(17)
                .addFunctions(function("Ping", 17)
                        .addInput("a")
                        .addOutput("b")
                        .addNode(call("Pong", List.of("a"), List.of("b"))))
                .addFunctions(function("Pong", 17)
                        .addInput("a")
                        .addOutput("b")
                        .addNode(call("Ping", List.of("a"), List.of("b"))));
        model.getGraphBuilder().addNode(call("Ping", List.of("x"), List.of("y")));
        assertRefused(model, "onnx.malformed");
    }

    @Test
    void functionsThatMultiplyWithoutEndAreRefused() {
        ModelProto.Builder model = model(17);
        for (int level = 0; level < 30; level++) {
            FunctionProto.Builder function =
                    function("Level" + level, 17).addInput("a").addOutput("b");
            String next = level == 29 ? "Leaf" : "Level" + (level + 1);
            function.addNode(call(next, List.of("a"), List.of("c")))
                    .addNode(call(next, List.of("c"), List.of("d")))
                    .addNode(call(next, List.of("d"), List.of("b")));
            model.addFunctions(function);
        }
        model.addFunctions(
                function("Leaf", 17).addInput("a").addOutput("b").addNode(node("Neg", List.of("a"), List.of("b"))));
        model.getGraphBuilder().addNode(call("Level0", List.of("x"), List.of("y")));
        assertRefused(model, "onnx.unsupported");
    }

    @Test
    void aReferenceOutsideOfAFunctionIsMalformed() {
        ModelProto.Builder model = model(17);
        model.getGraphBuilder()
                .addNode(node("LeakyRelu", List.of("x"), List.of("y"))
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("alpha")
                                .setRefAttrName("slope")
                                .setS(ByteString.EMPTY)));
        assertRefused(model, "onnx.malformed");
    }

    private static ModelProto.Builder model(long opset) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1));
        model.getGraphBuilder()
                .setName("caller")
                .addInput(ValueInfoProto.newBuilder()
                        .setName("x")
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))))
                .addOutput(ValueInfoProto.newBuilder().setName("y"));
        return model;
    }

    private static FunctionProto.Builder function(String name, long opset) {
        return FunctionProto.newBuilder()
                .setName(name)
                .setDomain(DOMAIN)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1));
    }

    private static NodeProto.Builder node(String operator, List<String> from, List<String> to) {
        return NodeProto.newBuilder().setOpType(operator).addAllInput(from).addAllOutput(to);
    }

    private static NodeProto.Builder call(String function, List<String> from, List<String> to) {
        return node(function, from, to).setDomain(DOMAIN);
    }

    private static OnnxModel read(ModelProto.Builder model) {
        return OnnxReader.read(model.build().toByteArray());
    }

    private static float[] run(OnnxModel model, float x) {
        try (OnnxSession session = OnnxSession.open(model)) {
            return session.evaluate(Map.of("x", OnnxTensor.float32("x", List.of(1), x)))
                    .get("y")
                    .floats();
        }
    }

    private static void assertRefused(ModelProto.Builder model, String code) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> read(model))
                .matches(e -> e.code().equals(code), code);
    }
}
