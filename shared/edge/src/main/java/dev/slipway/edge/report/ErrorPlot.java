package dev.slipway.edge.report;

import dev.slipway.edge.TensorParity;
import java.util.List;
import java.util.Locale;

/** The relative error of every tensor in the order of computation, one line for each precision, as SVG. */
final class ErrorPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int BOTTOM = 34;
    private static final int TOP = 12;
    private static final int LEAST_POWER = -9;
    private static final int COLOURS = 5;

    private final List<PrecisionReport> results;
    private final int mostPower;
    private final StringBuilder svg = new StringBuilder();

    ErrorPlot(List<PrecisionReport> results) {
        this.results =
                results.stream().filter(result -> !result.tensors().isEmpty()).toList();
        this.mostPower = (int) Math.max(
                0,
                Math.ceil(this.results.stream()
                        .flatMap(result -> result.tensors().stream())
                        .mapToDouble(tensor -> Math.log10(tensor.parity().relativeError()))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(0)));
    }

    /** Empty if there is nothing to show. */
    String write() {
        if (results.isEmpty()) {
            return "";
        }
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Relative error of each tensor\">%n",
                WIDTH,
                HEIGHT));
        // Labels of few powers only, or they would run into each other.
        int step = Math.max(1, (mostPower - LEAST_POWER) / 6);
        for (int power = mostPower; power >= LEAST_POWER; power -= step) {
            double y = y(Math.pow(10, power));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">1e%d</text>%n",
                    LEFT,
                    WIDTH,
                    y,
                    y,
                    LEFT - 8,
                    y + 4,
                    power));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">relative error, tensors in the order of computation</text>%n",
                LEFT,
                HEIGHT - 8));
        for (int i = 0; i < results.size(); i++) {
            line(results.get(i).tensors(), i % COLOURS);
        }
        return svg.append("</svg>\n").toString();
    }

    private void line(List<TensorParity> tensors, int colour) {
        svg.append("<polyline class=\"c").append(colour).append("\" points=\"");
        for (int i = 0; i < tensors.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x(i, tensors.size()),
                    y(tensors.get(i).parity().relativeError())));
        }
        svg.append("\"/>\n");
        for (int i = 0; i < tensors.size(); i++) {
            TensorParity tensor = tensors.get(i);
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"><title>%s (%s): %s</title></circle>%n",
                    colour,
                    x(i, tensors.size()),
                    y(tensor.parity().relativeError()),
                    PageReport.escaped(tensor.parity().name()),
                    PageReport.escaped(tensor.operator()),
                    Figures.error(tensor.parity().relativeError())));
        }
    }

    private static double x(int index, int count) {
        return LEFT + 8 + (WIDTH - LEFT - 16.0) * (count == 1 ? 0.5 : (double) index / (count - 1));
    }

    private double y(double error) {
        double power = Math.max(LEAST_POWER, Math.min(mostPower, Math.log10(error)));
        return TOP + (HEIGHT - TOP - BOTTOM) * (mostPower - power) / (mostPower - LEAST_POWER);
    }
}
