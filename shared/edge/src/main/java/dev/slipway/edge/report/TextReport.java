package dev.slipway.edge.report;

import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A report for a terminal. */
final class TextReport {
    private final ConversionReport report;
    private final StringBuilder text = new StringBuilder();

    TextReport(ConversionReport report) {
        this.report = report;
    }

    String write() {
        line(shown(report.model()) + "  (slipway " + report.converterVersion() + ")");
        report.options().forEach((name, value) -> line("  " + shown(name) + ": " + shown(value)));
        report.results().forEach(this::write);
        return text.toString();
    }

    private void write(PrecisionReport result) {
        line("");
        line(shown(result.precision()) + ": " + (result.passed() ? "passed" : "FAILED") + ", " + result.criterion()
                + ", " + Figures.bytes(result.fileBytes()));
        List<List<String>> rows = new ArrayList<>();
        for (OutputParity output : result.outputs()) {
            rows.add(row(shown(output.name()), output));
        }
        table("output", rows);
        if (!result.tensors().isEmpty()) {
            line("");
            table(
                    "tensor",
                    result.tensors().stream()
                            .map(tensor -> row(
                                    shown(tensor.parity().name()) + " (" + tensor.operator() + ")", tensor.parity()))
                            .toList());
            line("  " + jump(result.firstJump().orElse(null)));
        }
        line("  operators: "
                + result.operators().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        result.warnings().forEach(warning -> line("  warning: " + shown(warning)));
        line("  times: "
                + result.steps().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + Figures.seconds(entry.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static String jump(TensorParity tensor) {
        return tensor == null
                ? "the error jumps nowhere"
                : "the error first jumps at " + shown(tensor.parity().name()) + " (" + tensor.operator() + ")";
    }

    private static List<String> row(String name, OutputParity parity) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(ParityRow.of(parity));
        return row;
    }

    private void table(String name, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of(name));
        headings.addAll(ParityRow.HEADINGS);
        all.add(headings);
        all.addAll(rows);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                int width = width(all, column);
                String padding = " ".repeat(width - length(row.get(column)));
                line.append(column == 0 ? row.get(column) + padding : "  " + padding + row.get(column));
            }
            line(line.toString());
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A name must not move a terminal's cursor. */
    private static String shown(String name) {
        return name.codePoints()
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
