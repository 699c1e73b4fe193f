package dev.slipway.conversion.child;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Layout;
import dev.slipway.edge.Precision;
import dev.slipway.edge.Target;
import dev.slipway.edge.data.NumpySamples;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says in the words of the edge library what a request asks for. */
final class EdgeOptions {
    private EdgeOptions() {}

    static ConversionOptions of(ChildRequest request, OnnxModel model, Path calibration) {
        ConversionOptions options = ConversionOptions.to(
                        Target.valueOf(request.target().name()))
                .withPrecision(Precision.valueOf(request.precision().name()))
                .withLayout(layout(request));
        return request.calibrated()
                ? options.withQuantisation(options.quantisation()
                        .withCalibration(spread(
                                NumpySamples.open(model, calibration),
                                options.quantisation().mostSamples())))
                : options;
    }

    static Layout layout(ChildRequest request) {
        return Layout.valueOf(request.layout().name());
    }

    /** Samples from all over a split, which may be sorted by class. */
    private static SampleSource spread(SampleSource source, int most) {
        if (source.size() <= most) {
            return source;
        }
        List<Integer> wanted = IntStream.range(0, most)
                .mapToObj(i -> (int) ((long) i * source.size() / most))
                .toList();
        try (Stream<Map<String, OnnxTensor>> samples = source.samples()) {
            List<Map<String, OnnxTensor>> all = samples.collect(Collectors.toList());
            return SampleSource.of(wanted.stream().map(all::get).toList());
        }
    }
}
