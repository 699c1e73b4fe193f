package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** At which shapes a model and what was made of it are compared, and how close they must be. */
final class ComparisonOptions {
    @Option(
            names = "--shape",
            paramLabel = "INPUT=1,3,224,224",
            converter = InputShape.Converter.class,
            description = "Fix the shape of one of the model's inputs; once for each.")
    private List<InputShape> shapes = List.of();

    @Option(
            names = "--tolerance",
            defaultValue = "" + ConversionOptions.DEFAULT_TOLERANCE,
            paramLabel = "E",
            description =
                    "Greatest error allowed of any output, relative to its largest magnitude where that is above 1"
                            + " (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    Map<String, List<Integer>> shapes() {
        return InputShape.byName(shapes);
    }

    double tolerance() {
        return tolerance;
    }
}
