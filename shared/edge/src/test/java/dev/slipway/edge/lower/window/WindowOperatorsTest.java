package dev.slipway.edge.lower.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of the family, run by TFLite and by ONNX Runtime; all but a few lengths are open. */
class WindowOperatorsTest {
    private static final String IMAGE = "x:N,3,H,W";
    private static final String LINE = "x:N,4,L";
    private static final String SPACE = "x:N,4,9,7,8";

    static Stream<WindowModel> convolutions() {
        List<WindowModel> cases = new ArrayList<>();
        for (String padding : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(WindowModel.of("Conv", 17, IMAGE, "w=4,3,2,3", "b=4")
                        .text("auto_pad", padding)
                        .with("strides", stride, stride));
            }
        }
        cases.add(WindowModel.of("Conv", 1, "x:N,3,7,6", "w=4,3,2,3", "b=4"));
        cases.add(WindowModel.of("Conv", 17, IMAGE, "w:4,3,2,3", "b:4").with("pads", 1, 0, 1, 2));
        cases.add(
                WindowModel.of("Conv", 17, IMAGE, "w=6,1,3,3").flag("group", 3).with("pads", 1, 1, 1, 1));
        cases.add(WindowModel.of("Conv", 17, LINE, "w=6,2,3", "b=6")
                .flag("group", 2)
                .with("dilations", 2)
                .with("pads", 2, 1));
        cases.add(WindowModel.of("Conv", 17, SPACE, "w=5,4,2,3,2", "b=5")
                .with("strides", 2, 1, 2)
                .with("pads", 1, 1, 0, 0, 1, 1));
        cases.add(WindowModel.of("Conv", 17, SPACE, "w=8,1,3,2,2", "b=8")
                .flag("group", 4)
                .with("dilations", 2, 1, 1));
        for (String activation : List.of("Relu", "Tanh", "Sigmoid", "LeakyRelu", "Clip", "HardSigmoid")) {
            WindowModel fused = WindowModel.of("FusedConv", 17, "x:N,3,6,7", "w=4,3,2,3", "b=4", "z:N,4,5,5")
                    .contributed()
                    .text("activation", activation);
            cases.add(
                    activation.equals("LeakyRelu")
                            ? fused.numbers("activation_params", 0.1f)
                            : fused.numbers("activation_params", 0.1f, 0.4f));
        }
        return cases.stream();
    }

    static Stream<WindowModel> transposedConvolutions() {
        List<WindowModel> cases = new ArrayList<>();
        for (int stride = 1; stride <= 3; stride++) {
            for (int kernel = 2; kernel <= 4; kernel++) {
                cases.add(WindowModel.of("ConvTranspose", 11, IMAGE, "w=3,2," + kernel + ",3", "b=2")
                        .with("strides", stride, 2)
                        .with("pads", 1, 1, 0, 1)
                        .with("output_padding", stride - 1, 1));
            }
        }
        for (String padding : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            cases.add(WindowModel.of("ConvTranspose", 11, IMAGE, "w=3,2,3,3")
                    .text("auto_pad", padding)
                    .with("strides", 2, 2));
        }
        cases.add(WindowModel.of("ConvTranspose", 11, "x:N,3,5,6", "w=3,2,3,3")
                .with("strides", 2, 2)
                .with("output_shape", 10, 11));
        cases.add(WindowModel.of("ConvTranspose", 1, "x:N,4,5,6", "w=4,3,2,2", "b=6")
                .flag("group", 2));
        cases.add(WindowModel.of("ConvTranspose", 11, "x:N,4,5,6", "w=4,3,2,2", "b=6")
                .flag("group", 2)
                .with("strides", 2, 2));
        cases.add(WindowModel.of("ConvTranspose", 11, IMAGE, "w=3,1,4,4")
                .flag("group", 3)
                .with("strides", 2, 2)
                .with("pads", 1, 1, 1, 1));
        cases.add(WindowModel.of("ConvTranspose", 11, IMAGE, "w:3,2,3,2").with("dilations", 2, 1));
        cases.add(WindowModel.of("ConvTranspose", 11, LINE, "w=4,2,3", "b=2").with("strides", 2));
        cases.add(WindowModel.of("ConvTranspose", 11, "x:N,3,4,3,5", "w=3,2,2,3,2", "b=2")
                .with("strides", 2, 1, 2)
                .with("pads", 0, 1, 0, 1, 0, 0));
        return cases.stream();
    }

    static Stream<WindowModel> pools() {
        List<WindowModel> cases = new ArrayList<>();
        for (String operator : List.of("MaxPool", "AveragePool", "LpPool")) {
            for (String shape : List.of(LINE, IMAGE, SPACE)) {
                int axes = shape.split(",").length - 2;
                long[] twos = new long[axes];
                long[] pads = new long[2 * axes];
                Arrays.fill(twos, 2);
                Arrays.fill(pads, 1);
                for (int ceiling = 0; ceiling < 2; ceiling++) {
                    WindowModel pool = WindowModel.of(operator, 19, shape)
                            .with("kernel_shape", axes == 1 ? new long[] {3} : axes == 2 ? new long[] {3, 2} : twos)
                            .with("strides", twos)
                            .flag("ceil_mode", ceiling);
                    cases.add(pool);
                    cases.add(pool.with("pads", pads));
                    cases.add(pool.with("dilations", twos));
                }
            }
        }
        cases.add(WindowModel.of("AveragePool", 7, "x:N,3,5,6")
                .with("kernel_shape", 3, 3)
                .with("pads", 1, 0, 1, 1));
        for (int ceiling = 0; ceiling < 2; ceiling++) {
            cases.add(WindowModel.of("AveragePool", 19, IMAGE)
                    .with("kernel_shape", 2, 3)
                    .with("strides", 3, 2)
                    .with("pads", 1, 1, 0, 1)
                    .flag("ceil_mode", ceiling)
                    .flag("count_include_pad", 1));
            for (int order = 0; order < 2; order++) {
                cases.add(WindowModel.of("MaxPool", 12, IMAGE)
                        .with("kernel_shape", 2, 3)
                        .with("strides", 2, 2)
                        .with("pads", 1, 1, 0, 1)
                        .flag("ceil_mode", ceiling)
                        .flag("storage_order", order)
                        .outputs(2));
            }
        }
        for (String padding : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            for (String operator : List.of("MaxPool", "AveragePool")) {
                cases.add(WindowModel.of(operator, 12, IMAGE)
                        .with("kernel_shape", 3, 2)
                        .with("strides", 2, 2)
                        .text("auto_pad", padding));
            }
            cases.add(WindowModel.of("AveragePool", 12, IMAGE)
                    .with("kernel_shape", 3, 2)
                    .flag("count_include_pad", 1)
                    .text("auto_pad", padding));
        }
        cases.add(WindowModel.of("LpPool", 18, IMAGE).with("kernel_shape", 2, 2).flag("p", 3));
        for (String operator : List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")) {
            cases.add(WindowModel.of(operator, 2, IMAGE));
        }
        return cases.stream();
    }

    static Stream<WindowModel> resizes() {
        List<WindowModel> cases = new ArrayList<>();
        for (String scales : List.of("s~1,1,2,2", "s~1,1,1.5,0.6")) {
            for (String coordinates : List.of("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")) {
                for (String mode : List.of("linear", "cubic")) {
                    cases.add(resize(IMAGE, scales, mode, coordinates));
                }
                for (String nearest : List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")) {
                    cases.add(resize(IMAGE, scales, "nearest", coordinates).text("nearest_mode", nearest));
                }
            }
        }
        for (String shape : List.of(IMAGE, "x:N,3,6,10")) {
            for (String mode : List.of("linear", "cubic")) {
                cases.add(resize(shape, "s~1,1,0.6,0.5", mode, "half_pixel").flag("antialias", 1));
                cases.add(resize(shape, "s~1,1,0.6,2", mode, "half_pixel_symmetric"));
            }
            cases.add(resize(shape, "s~1,1,1.5,2", "cubic", "half_pixel")
                    .flag("exclude_outside", 1)
                    .number("cubic_coeff_a", -0.5));
        }
        cases.add(resize(SPACE, "s~1,1,2,2,2", "linear", "half_pixel"));
        cases.add(resize(LINE, "s~1,1,2", "nearest", "asymmetric").text("nearest_mode", "floor"));
        cases.add(resize("x:N,6,7,3", "s~1,2,2,1", "linear", "half_pixel"));
        cases.add(WindowModel.of("Resize", 10, IMAGE, "s~1,1,2,2"));
        cases.add(WindowModel.of("Upsample", 9, IMAGE, "s~1,1,2,3"));
        cases.add(WindowModel.of("Upsample", 9, IMAGE, "s~1,1,2,3").text("mode", "linear"));
        return cases.stream();
    }

    private static WindowModel resize(String shape, String scales, String mode, String coordinates) {
        return WindowModel.of("Resize", 18, shape, "", scales)
                .text("mode", mode)
                .text("coordinate_transformation_mode", coordinates);
    }

    static Stream<WindowModel> samples() {
        List<WindowModel> cases = new ArrayList<>();
        for (String mode : List.of("linear", "nearest", "cubic")) {
            for (String padding : List.of("zeros", "border", "reflection")) {
                boolean alignedOnly = mode.equals("cubic") && padding.equals("border");
                for (int corners = alignedOnly ? 1 : 0; corners < 2; corners++) {
                    cases.add(WindowModel.of("GridSample", 20, IMAGE, "g:N,4,5,2")
                            .text("mode", mode)
                            .text("padding_mode", padding)
                            .flag("align_corners", corners));
                }
            }
        }
        cases.add(WindowModel.of("GridSample", 20, "x:N,2,4,5,6", "g:N,3,2,2,3"));
        cases.add(WindowModel.of("AffineGrid", 20, "t:2,2,3", "s#2,3,5,6"));
        cases.add(WindowModel.of("AffineGrid", 20, "t:2,3,4", "s#2,3,5,6,2").flag("align_corners", 1));
        cases.add(WindowModel.of("DeformConv", 19, IMAGE, "w=4,3,2,2", "o:N,8,H,W", "b=4", "m:N,4,H,W")
                .with("pads", 0, 1, 1, 0));
        cases.add(WindowModel.of("DeformConv", 19, "x:N,4,6,7", "w=2,2,2,2", "o:N,16,5,6")
                .flag("group", 2)
                .flag("offset_group", 2));
        for (String mode : List.of("avg", "max")) {
            for (String coordinates : List.of("half_pixel", "output_half_pixel")) {
                for (int ratio = 0; ratio < 3; ratio += 2) {
                    cases.add(WindowModel.of(
                                    "RoiAlign", 16, "x:2,3,9,10", "r~0.3,1.1,6.2,7.9/2,2,3.5,9/-1,-2,12,11", "b#0,1,0")
                            .text("mode", mode)
                            .text("coordinate_transformation_mode", coordinates)
                            .flag("sampling_ratio", ratio)
                            .flag("output_height", 3)
                            .flag("output_width", 2)
                            .number("spatial_scale", 0.9));
                }
            }
        }
        cases.add(WindowModel.of("MaxRoiPool", 16, "x:2,3,9,10", "r~0,1,2,9,14/1,0,0,16,17/0,3,3,4,4")
                .with("pooled_shape", 3, 2)
                .number("spatial_scale", 0.5));
        cases.add(WindowModel.of("LRN", 13, "x:N,5,H,W").flag("size", 3).number("alpha", 0.3));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource({"convolutions", "transposedConvolutions", "pools", "resizes", "samples"})
    void givesWhatOnnxRuntimeGives(WindowModel example) {
        ConversionResult result = convert(example);
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
    }

    @Test
    void plainConvolutionsAndPoolsAreOneKernelAmidTransposes() {
        assertThat(convert(WindowModel.of("Conv", 17, "x:N,3,8,8", "w=4,3,3,3", "b=4")
                                .with("pads", 1, 1, 1, 1))
                        .operators())
                .containsOnlyKeys("TRANSPOSE", "CONV_2D");
        assertThat(convert(WindowModel.of("Conv", 17, "x:N,3,8,8", "w=3,1,3,3", "b=3")
                                .flag("group", 3)
                                .with("pads", 1, 1, 1, 1))
                        .operators())
                .containsOnlyKeys("TRANSPOSE", "DEPTHWISE_CONV_2D");
        assertThat(convert(WindowModel.of("Conv", 17, IMAGE, "w=4,3,3,3")
                                .text("auto_pad", "SAME_UPPER")
                                .with("strides", 2, 2))
                        .operators())
                .containsOnlyKeys("TRANSPOSE", "CONV_2D");
        assertThat(convert(WindowModel.of("MaxPool", 17, IMAGE)
                                .with("kernel_shape", 2, 2)
                                .with("strides", 2, 2)
                                .flag("ceil_mode", 1))
                        .operators())
                .containsOnlyKeys("TRANSPOSE", "MAX_POOL_2D");
        assertThat(convert(WindowModel.of("ConvTranspose", 17, "x:N,3,8,8", "w=3,2,4,4", "b=2")
                                .with("strides", 2, 2)
                                .with("pads", 1, 1, 1, 1))
                        .operators())
                .containsKeys("TRANSPOSE_CONV")
                .doesNotContainKeys("SLICE", "STRIDED_SLICE", "PAD");
    }

    @Test
    void usualResizesAreTheKernels() {
        for (String coordinates : List.of("half_pixel", "pytorch_half_pixel", "align_corners")) {
            assertThat(convert(resize("x:N,3,8,8", "s~1,1,2,2", "linear", coordinates))
                            .operators())
                    .containsOnlyKeys("TRANSPOSE", "RESIZE_BILINEAR");
        }
        assertThat(convert(resize("x:N,3,8,8", "s~1,1,2,2", "nearest", "asymmetric")
                                .text("nearest_mode", "floor"))
                        .operators())
                .containsOnlyKeys("TRANSPOSE", "RESIZE_NEAREST_NEIGHBOR");
        assertThat(convert(resize(IMAGE, "s~1,1,2,2", "linear", "half_pixel")).operators())
                .containsKey("RESIZE_BILINEAR")
                .doesNotContainKey("BATCH_MATMUL");
    }

    @Test
    void everyEntryIsInACase() {
        List<String> covered = Stream.of(convolutions(), transposedConvolutions(), pools(), resizes(), samples())
                .flatMap(cases -> cases)
                .map(WindowModel::operator)
                .toList();
        // The standard's own cases run it: its second input can be no sample.
        assertThat(Stream.concat(covered.stream(), Stream.of("MaxUnpool")).toList())
                .containsAll(new WindowOperators()
                        .entries().stream().map(OperatorEntry::operator).toList());
    }

    private static ConversionResult convert(WindowModel example) {
        return new Converter().convert(OnnxWriter.write(example.build()), ConversionOptions.to(Target.TFLITE));
    }
}
