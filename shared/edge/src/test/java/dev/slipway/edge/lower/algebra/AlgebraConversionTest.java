package dev.slipway.edge.lower.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of the family, run by TFLite and by ONNX Runtime, at several sizes where lengths are open. */
class AlgebraConversionTest {

    static Stream<AlgebraModel> products() {
        List<AlgebraModel> cases = new ArrayList<>();
        for (String left : List.of("N,4,5", "2,3,4,5", "5", "N,5")) {
            for (String right : List.of("=5,6", "=5", "=1,5,6", ":5,6", ":5")) {
                cases.add(AlgebraModel.of("MatMul", 13, "a:" + left, "b" + right));
            }
        }
        cases.add(AlgebraModel.of("MatMul", 13, "a:N,3,4,5", "b=3,5,6"));
        cases.add(AlgebraModel.of("MatMul", 13, "a:N,1,4,5", "b:3,5,6"));
        cases.add(AlgebraModel.of("MatMul", 13, "a=4,5", "b:N,5,6"));
        cases.add(AlgebraModel.of("MatMul", 13, "a:N,S,5", "b:N,5,S"));
        cases.add(AlgebraModel.of("MatMul", 13, "a:2,1,2,2,3,4", "b:1,3,2,2,4,5"));
        cases.add(AlgebraModel.of("MatMul", 13, "a:N,2,2,2,3,4", "b:N,2,2,2,4,5"));
        for (int transA = 0; transA < 2; transA++) {
            for (int transB = 0; transB < 2; transB++) {
                for (String c : List.of("c=6", "c=1", "c=", "c=4,1", "c=4,6", "c:1,6", "c:6", "")) {
                    for (String b : List.of("b=", "b:")) {
                        cases.add(AlgebraModel.of(
                                        "Gemm",
                                        13,
                                        transA == 1 ? "a:5,4" : "a:4,5",
                                        b + (transB == 1 ? "6,5" : "5,6"),
                                        c)
                                .with("transA", transA)
                                .with("transB", transB)
                                .with("alpha", 0.5)
                                .with("beta", 2.0));
                    }
                }
            }
        }
        cases.add(AlgebraModel.of("Gemm", 13, "a:N,5", "b=6,5", "c=6").with("transB", 1));
        cases.add(AlgebraModel.of("Gemm", 9, "a:N,5", "b=5,6", "c=6"));
        for (String equation : List.of(
                "bij,bjk->bik",
                "bij,bkj->bik",
                "bij,bkj",
                "bij->b",
                "bij->bji",
                "bij,bij->bij",
                "bij,bij->b",
                "...ij,...jk->...ik",
                "bij, kj -> bik",
                "bij,jk,kl->bil",
                "bij,k->bijk",
                "bij,bkl->bijkl",
                "bii->bi",
                "bii->b",
                "bij,bji->b")) {
            List<String> ranks = new ArrayList<>();
            for (String term : equation.replaceAll("->.*| ", "").split(",", -1)) {
                int rank = term.replace("...", "b").length();
                ranks.add((char) ('p' + ranks.size()) + ":" + (rank == 3 ? "N,4,4" : rank == 2 ? "4,4" : "4"));
            }
            cases.add(
                    AlgebraModel.of("Einsum", 12, ranks.toArray(String[]::new)).with("equation", equation));
        }
        cases.add(AlgebraModel.of("Einsum", 12, "x:N,S,8", "w=8,2,4").with("equation", "bsd,dhk->bshk"));
        cases.add(AlgebraModel.of("Einsum", 12, "x:N,S,2,4", "w=2,4,8").with("equation", "bshk,hkd->bsd"));
        cases.add(AlgebraModel.of("Einsum", 12, "q:N,S,2,4", "k:N,T,2,4").with("equation", "bqhd,bkhd->bhqk"));
        cases.add(AlgebraModel.of("Einsum", 12, "q:N,1,3", "k:1,4,3").with("equation", "...d,...d->..."));
        cases.add(AlgebraModel.of("Einsum", 12, "x:N,S,S").with("equation", "bii->bi"));
        for (int size = 1; size <= 5; size++) {
            cases.add(AlgebraModel.of("Det", 11, "x:N,2," + size + "," + size));
        }
        cases.add(AlgebraModel.of("Det", 11, "x:3,3"));
        return cases.stream();
    }

    static Stream<AlgebraModel> shares() {
        List<AlgebraModel> cases = new ArrayList<>();
        for (String operator : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            for (String shape : List.of("N,3,4,5", "N,S", "3", "N,2,3,2,4", "N,S,T")) {
                int rank = shape.split(",", -1).length;
                for (int axis = -rank; axis < rank; axis++) {
                    cases.add(AlgebraModel.of(operator, 13, "x:" + shape).with("axis", axis));
                }
                for (int axis = 0; axis < rank; axis++) {
                    cases.add(AlgebraModel.of(operator, 11, "x:" + shape).with("axis", axis));
                }
            }
            cases.add(AlgebraModel.of(operator, 13, "x:N,3,4"));
            cases.add(AlgebraModel.of(operator, 8, "x:N,3,4"));
        }
        return cases.stream();
    }

    static Stream<AlgebraModel> normalisations() {
        List<AlgebraModel> cases = new ArrayList<>();
        for (String shape : List.of("N,3", "N,3,S", "N,3,4,5", "N,3,H,W", "N,3,2,4,5", "2,3,2,2,2,2")) {
            cases.add(AlgebraModel.of("BatchNormalization", 15, "x:" + shape, "s=3", "b=3", "m=3", "v=3")
                    .with("epsilon", 1e-3));
            cases.add(AlgebraModel.of("BatchNormalization", 15, "x:" + shape, "s:3", "b:3", "m:3", "v=3"));
            if (shape.length() > 3) {
                cases.add(AlgebraModel.of("InstanceNormalization", 6, "x:" + shape, "s=3", "b=3"));
            }
        }
        cases.add(AlgebraModel.of("BatchNormalization", 9, "x:N,3,4", "s=3", "b=3", "m=3", "v=3"));
        cases.add(AlgebraModel.of("BatchNormalization", 7, "x:N,3,4", "s=3", "b=3", "m=3", "v=3"));
        cases.add(AlgebraModel.of("BatchNormalization", 15, "x:4,3,5,5", "s:3", "b:3", "m:3", "v=3")
                .with("training_mode", 1)
                .outputs(3));
        cases.add(AlgebraModel.of("BatchNormalization", 14, "x:N,3,5,5", "s=3", "b=3", "m=3", "v=3")
                .with("training_mode", 1)
                .with("momentum", 0.5)
                .outputs(3));
        for (String shape : List.of("N,6,5", "N,6,4,5", "N,6,H,W", "2,6,2,2,2")) {
            for (int groups : new int[] {1, 2, 3, 6}) {
                cases.add(AlgebraModel.of("GroupNormalization", 21, "x:" + shape, "s=6", "b=6")
                        .with("num_groups", groups));
                cases.add(AlgebraModel.of("GroupNormalization", 18, "x:" + shape, "s=" + groups, "b=" + groups)
                        .with("num_groups", groups));
            }
        }
        for (int axis = -4; axis < 4; axis++) {
            int from = Math.floorMod(axis, 4);
            String rest = String.join(",", List.of("2", "3", "4", "5").subList(from, 4));
            cases.add(AlgebraModel.of("LayerNormalization", 17, "x:2,3,4,5", "s=" + rest, "b=" + rest)
                    .with("axis", axis)
                    .outputs(3));
            cases.add(AlgebraModel.of("RMSNormalization", 23, "x:2,3,4,5", "s=" + rest)
                    .with("axis", axis));
        }
        cases.add(AlgebraModel.of("LayerNormalization", 17, "x:N,S,8", "s=8"));
        cases.add(AlgebraModel.of("LayerNormalization", 17, "x:N,S,8", "s:8", "b:8")
                .with("epsilon", 1e-2));
        cases.add(AlgebraModel.of("LayerNormalization", 17, "x:N,2,3,4,5,2", "s=5,2", "b=5,2")
                .with("axis", -2)
                .outputs(3));
        cases.add(AlgebraModel.of("MeanVarianceNormalization", 13, "x:N,3,4,5"));
        cases.add(AlgebraModel.of("MeanVarianceNormalization", 13, "x:N,3,H,W"));
        cases.add(AlgebraModel.of("MeanVarianceNormalization", 9, "x:N,3,H,4")
                .with("axes", AttributeValue.integers(2, 3)));
        for (int p = 1; p <= 2; p++) {
            for (int axis = -1; axis < 4; axis++) {
                cases.add(AlgebraModel.of("LpNormalization", 1, "x:N,3,4,5")
                        .with("axis", axis)
                        .with("p", p));
            }
        }
        return cases.stream();
    }

    static Stream<AlgebraModel> attentions() {
        List<AlgebraModel> cases = new ArrayList<>();
        cases.add(AlgebraModel.of("Attention", 23, "q:N,3,S,8", "k:N,3,T,8", "v:N,3,T,6"));
        cases.add(AlgebraModel.of("Attention", 23, "q:N,3,S,8", "k:N,3,S,8", "v:N,3,S,8")
                .with("is_causal", 1)
                .with("scale", 0.3));
        cases.add(AlgebraModel.of("Attention", 23, "q:N,4,S,8", "k:N,2,T,8", "v:N,2,T,6", "m:S,T")
                .with("softcap", 2.0));
        cases.add(AlgebraModel.of("Attention", 23, "q:2,4,5,8", "k:2,1,6,8", "v:2,1,6,6", "m=2,1,5,6"));
        cases.add(AlgebraModel.of("Attention", 23, "q:N,S,24", "k:N,T,24", "v:N,T,18")
                .with("q_num_heads", 3)
                .with("kv_num_heads", 3));
        cases.add(AlgebraModel.of("Attention", 23, "q:N,S,32", "k:N,T,16", "v:N,T,16")
                .with("q_num_heads", 4)
                .with("kv_num_heads", 2));
        for (int mode = 0; mode < 4; mode++) {
            cases.add(AlgebraModel.of(
                            "Attention", 23, "q:N,3,4,8", "k:N,3,6,8", "v:N,3,6,8", "m=4,8", "pk:N,3,2,8", "pv:N,3,2,8")
                    .with("qk_matmul_output_mode", mode)
                    .with("softcap", 1.5)
                    .outputs(4));
        }
        cases.add(
                AlgebraModel.of("Attention", 23, "q:N,3,S,8", "k:N,3,S,8", "v:N,3,S,8", "", "pk:N,3,P,8", "pv:N,3,P,8")
                        .with("is_causal", 1)
                        .outputs(3));
        for (int interleaved = 0; interleaved < 2; interleaved++) {
            cases.add(AlgebraModel.of("RotaryEmbedding", 23, "x:N,3,S,8", "c:N,S,4", "s:N,S,4")
                    .with("interleaved", interleaved));
            cases.add(AlgebraModel.of("RotaryEmbedding", 23, "x:2,5,24", "c:2,5,2", "s:2,5,2")
                    .with("interleaved", interleaved)
                    .with("rotary_embedding_dim", 4)
                    .with("num_heads", 3));
        }
        return cases.stream();
    }

    static Stream<AlgebraModel> losses() {
        List<AlgebraModel> cases = new ArrayList<>();
        for (String operator : List.of("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss")) {
            for (String reduction : List.of("none", "sum", "mean")) {
                for (String weight : List.of("", "w=5")) {
                    cases.add(AlgebraModel.of(operator, 13, "x:3,5", "t#0,4,2", weight)
                            .with("reduction", reduction));
                    cases.add(AlgebraModel.of(operator, 12, "x:3,5", "t#0,-1,2", weight)
                            .with("reduction", reduction)
                            .with("ignore_index", -1));
                }
            }
        }
        cases.add(AlgebraModel.of("SoftmaxCrossEntropyLoss", 13, "x:3,5", "t#0,4,2")
                .outputs(2));
        return cases.stream();
    }

    static Stream<AlgebraModel> signals() {
        List<AlgebraModel> cases = new ArrayList<>();
        for (int parts = 1; parts <= 2; parts++) {
            for (int inverse = 0; inverse < 2; inverse++) {
                for (int axis = 1; axis < 3; axis++) {
                    cases.add(AlgebraModel.of("DFT", 17, "x:N,7,6," + parts)
                            .with("axis", axis)
                            .with("inverse", inverse));
                    cases.add(AlgebraModel.of("DFT", 20, "x:N,7,6," + parts, "l#8", "a#" + (axis - 4))
                            .with("inverse", inverse));
                }
            }
            cases.add(AlgebraModel.of("DFT", 17, "x:N,S," + parts));
        }
        cases.add(AlgebraModel.of("DFT", 17, "x:N,9,1").with("onesided", 1));
        cases.add(AlgebraModel.of("DFT", 17, "x:N,9,1", "l#4").with("onesided", 1));
        cases.add(AlgebraModel.of("DFT", 17, "x:N,S,1", "l#16").with("onesided", 1));
        cases.add(AlgebraModel.of("DFT", 17, "x:N,S,1").with("onesided", 1));
        cases.add(AlgebraModel.of("STFT", 17, "x:N,64,1", "h#8", "", "l#16"));
        cases.add(AlgebraModel.of("STFT", 17, "x:N,64,1", "h#8", "w=16"));
        cases.add(AlgebraModel.of("STFT", 17, "x:N,64,1", "h#8", "w:16"));
        cases.add(AlgebraModel.of("STFT", 17, "x:N,S,1", "h#5", "w=16", "l#16"));
        return cases.stream();
    }

    static Stream<AlgebraModel> additions() {
        List<AlgebraModel> cases = new ArrayList<>();
        for (int trans = 0; trans < 4; trans++) {
            for (String right : List.of("b=", "b:")) {
                for (String operator : List.of("FusedMatMul", "TransposeMatMul")) {
                    cases.add(AlgebraModel.contributed(
                                    operator,
                                    trans % 2 == 1 ? "a:N,5,4" : "a:N,4,5",
                                    right + (trans > 1 ? "6,5" : "5,6"))
                            .with("transA", trans % 2)
                            .with("transB", trans / 2)
                            .with("alpha", 0.25));
                }
            }
        }
        cases.add(AlgebraModel.contributed("FusedMatMul", "a:4,N,5", "b:N,5,6").with("transBatchA", 1));
        cases.add(AlgebraModel.contributed("FusedMatMul", "a:N,4,5", "b:5,N,6").with("transBatchB", 1));
        for (String activation : List.of("Relu", "Sigmoid", "Tanh", "LeakyRelu")) {
            cases.add(AlgebraModel.contributed("FusedGemm", "a:N,5", "b=5,6", "c=6")
                    .with("activation", activation)
                    .with("activation_alpha", 0.1));
        }
        cases.add(AlgebraModel.contributed("SkipLayerNormalization", "x:N,S,8", "r:N,S,8", "g=8", "b=8", "s=8"));
        cases.add(AlgebraModel.contributed("SkipLayerNormalization", "x:N,S,8", "r:N,S,8", "g=8")
                .with("epsilon", 1e-5));
        cases.add(AlgebraModel.contributed("SkipSimplifiedLayerNormalization", "x:N,S,8", "r:N,S,8", "g=8", "s=8"));
        cases.add(AlgebraModel.of("SimplifiedLayerNormalization", 17, "x:N,S,8", "g=8"));
        cases.add(AlgebraModel.contributed(
                        "EmbedLayerNormalization", "w%2,3", "s%2,3", "a:7,8", "p=5,8", "t=3,8", "g=8", "b=8", "m%2,3")
                .outputs(2));
        cases.add(AlgebraModel.contributed("EmbedLayerNormalization", "w%2,3", "", "a:7,8", "p=5,8", "", "g=8", "b=8")
                .outputs(2));
        for (int causal = 0; causal < 2; causal++) {
            cases.add(AlgebraModel.contributed("Attention", "x:N,S,6", "w=6,36", "b=36")
                    .with("num_heads", 3)
                    .with("unidirectional", causal));
            for (String mask : List.of("m%2,5", "m%2", "m%2,5,5")) {
                cases.add(AlgebraModel.contributed("Attention", "x:2,5,6", "w=6,24", "b=24", mask)
                        .with("num_heads", 2)
                        .with("unidirectional", causal));
            }
            cases.add(AlgebraModel.contributed("Attention", "x:2,5,6", "w=6,24", "b=24", "", "p:2,2,2,3,4")
                    .with("num_heads", 2)
                    .with("unidirectional", causal)
                    .outputs(2));
            cases.add(AlgebraModel.contributed("MultiHeadAttention", "q:N,S,24", "k:N,S,24", "v:N,S,24")
                    .with("num_heads", 3)
                    .with("unidirectional", causal));
        }
        cases.add(AlgebraModel.contributed("Attention", "x:2,5,6", "w=6,20", "b=20")
                .with("num_heads", 2)
                .with("qkv_hidden_sizes", AttributeValue.integers(8, 8, 4)));
        cases.add(AlgebraModel.contributed("Attention", "x:2,5,6", "w=6,24", "b=24", "", "", "r:2,2,5,5")
                .with("num_heads", 2)
                .with("scale", 0.7));
        cases.add(AlgebraModel.contributed("MultiHeadAttention", "q:2,4,24", "k:2,5,24", "v:2,5,18", "b=66", "m%2,5")
                .with("num_heads", 3));
        cases.add(AlgebraModel.contributed(
                        "MultiHeadAttention",
                        "q:2,4,24",
                        "k:2,5,24",
                        "v:2,5,24",
                        "",
                        "",
                        "r:1,3,4,7",
                        "p:2,3,2,8",
                        "o:2,3,2,8")
                .with("num_heads", 3)
                .outputs(3));
        cases.add(AlgebraModel.contributed("MultiHeadAttention", "q:2,4,24", "k:2,3,5,8", "v:2,3,5,8")
                .with("num_heads", 3));
        for (int interleaved = 0; interleaved < 2; interleaved++) {
            cases.add(AlgebraModel.contributed("RotaryEmbedding", "x:N,3,5,8", "p#2,", "c=9,4", "s=9,4")
                    .with("interleaved", interleaved));
        }
        cases.add(grouped("q:2,6,32", "k:2,6,16", "v:2,6,16", "", "", "l!5,5,", "t!6"));
        cases.add(grouped("q:2,6,64", "", "", "", "", "l!5,5,", "t!6"));
        cases.add(grouped("q:1,1,32", "k:1,1,16", "v:1,1,16", "p:1,2,6,8", "o:1,2,6,8", "l!6,", "t!7"));
        for (int interleaved = 0; interleaved < 2; interleaved++) {
            cases.add(grouped("q:2,6,64", "k:2,6,32", "v:2,6,32", "", "", "l!5,5,", "t!6", "c=9,8", "s=9,8")
                    .with("do_rotary", 1)
                    .with("rotary_interleaved", interleaved));
        }
        for (int size = 2; size <= 4; size++) {
            cases.add(AlgebraModel.contributed("Inverse", "x:N," + size + "," + size));
        }
        return cases.stream();
    }

    private static AlgebraModel grouped(String... inputs) {
        return AlgebraModel.contributed("GroupQueryAttention", inputs)
                .with("num_heads", 4)
                .with("kv_num_heads", 2)
                .outputs(3);
    }

    @ParameterizedTest
    @MethodSource({"products", "shares", "normalisations", "attentions", "losses", "signals", "additions"})
    void givesWhatOnnxRuntimeGives(AlgebraModel example) {
        ConversionResult result = convert(example);
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
    }

    @Test
    void constantWeightsBecomeFullyConnected() {
        assertThat(convert(AlgebraModel.of("MatMul", 13, "a:N,4,5", "b=5,6")).operators())
                .containsOnlyKeys("FULLY_CONNECTED");
        assertThat(convert(AlgebraModel.of("Gemm", 13, "a:N,5", "b=6,5", "c=6").with("transB", 1))
                        .operators())
                .containsOnlyKeys("FULLY_CONNECTED");
        assertThat(convert(AlgebraModel.of("Einsum", 12, "x:N,S,8", "w=8,4").with("equation", "bsd,dk->bsk"))
                        .operators())
                .containsOnlyKeys("FULLY_CONNECTED");
    }

    @Test
    void attentionIsTwoProductsAndASoftmax() {
        assertThat(convert(AlgebraModel.of("Attention", 23, "q:N,3,4,8", "k:N,3,6,8", "v:N,3,6,8"))
                        .operators())
                .containsOnlyKeys("MUL", "BATCH_MATMUL", "SOFTMAX");
    }

    @Test
    void framesOfKnownLengthAreOneConvolution() {
        assertThat(convert(AlgebraModel.of("STFT", 17, "x:N,64,1", "h#8", "w=16"))
                        .operators())
                .containsOnlyKeys("CONV_2D", "RESHAPE");
    }

    @Test
    void everyEntryIsInACase() {
        Set<String> covered = new HashSet<>();
        Stream.of(products(), shares(), normalisations(), attentions(), losses(), signals(), additions())
                .flatMap(cases -> cases)
                .forEach(example -> covered.add(example.operator()));
        // Of a size that is known these are constants; the standard's own cases run them.
        covered.addAll(List.of("BlackmanWindow", "HammingWindow", "HannWindow", "MelWeightMatrix"));
        assertThat(covered)
                .containsAll(new AlgebraOperators()
                        .entries().stream().map(OperatorEntry::operator).toList());
    }

    private static ConversionResult convert(AlgebraModel example) {
        return new Converter().convert(OnnxWriter.write(example.build()), ConversionOptions.to(Target.TFLITE));
    }
}
