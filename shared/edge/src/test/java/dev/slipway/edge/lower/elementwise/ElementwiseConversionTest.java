package dev.slipway.edge.lower.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of this family, run by TFLite and by ONNX Runtime. */
class ElementwiseConversionTest {

    static Stream<Cases.Case> cases() {
        return Cases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatOnnxRuntimeGives(Cases.Case example) {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE);
        ConversionResult result = new Converter()
                .convert(
                        OnnxWriter.write(example.model()),
                        example.sample().isEmpty() ? options : options.withSamples(List.of(example.sample())));
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
    }

    @Test
    void everyOperatorOfTheFamilyIsInACase() {
        List<String> covered = Cases.all().stream()
                .flatMap(example -> example.model().graph().nodes().stream())
                .map(node -> node.operator())
                .toList();
        assertThat(new ElementwiseOperators().entries())
                .filteredOn(entry -> !entry.limits().startsWith("refused"))
                // ONNX Runtime, which every result is compared with, has no kernel of operator set 24 yet.
                .filteredOn(entry -> !entry.operator().equals("Swish"))
                .extracting(OperatorEntry::operator)
                .allMatch(covered::contains);
    }

    @Test
    void refusesRandomNumbers() {
        byte[] model = OnnxWriter.write(OnnxGraphBuilder.named("random")
                .input("x", OnnxGraphBuilder.fixed(3))
                .node("RandomNormalLike", List.of("x"), "r")
                .node("Add", List.of("x", "r"), "y")
                .output("y")
                .build());
        assertThatThrownBy(() -> new Converter().convert(model, ConversionOptions.to(Target.TFLITE)))
                .hasMessageContaining("its output is random")
                .hasMessageContaining("edge.random");
    }
}
