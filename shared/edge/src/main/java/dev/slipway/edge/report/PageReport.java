package dev.slipway.edge.report;

import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import java.util.List;
import java.util.Map;

/** A report as a page that stands alone. */
final class PageReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #ffffff; --line: #dfe4ea;
              --good: #17734a; --bad: #b3261e; --mark: #fff1d6;
              --c0: #2563ab; --c1: #c2571a; --c2: #17734a; --c3: #8a3ea8; --c4: #8a6d00; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --paper: #14181f;
              --line: #2d3540; --good: #58c493; --bad: #ff8a80; --mark: #4a3a12;
              --c0: #7db4f0; --c1: #f0a070; --c2: #58c493; --c3: #cf96e6; --c4: #dcc15a; } }
            body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.5rem 4rem; background: var(--paper);
              color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; }
            h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
            h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
            p, dl { margin: .25rem 0 1rem; color: var(--soft); }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
            dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; }
            th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid var(--line);
              white-space: nowrap; font-variant-numeric: tabular-nums; }
            th { color: var(--soft); font-weight: 600; }
            th:first-child, td:first-child { text-align: left; white-space: normal; overflow-wrap: anywhere;
              min-width: 10rem; }
            tr.jump td { background: var(--mark); }
            .good { color: var(--good); } .bad { color: var(--bad); } .good, .bad { font-weight: 600; }
            .soft { color: var(--soft); }
            svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 12px; }
            .grid { stroke: var(--line); }
            polyline { fill: none; stroke-width: 1.5; opacity: .7; }
            polyline.c0 { stroke: var(--c0); } polyline.c1 { stroke: var(--c1); } polyline.c2 { stroke: var(--c2); }
            polyline.c3 { stroke: var(--c3); } polyline.c4 { stroke: var(--c4); }
            circle.c0, .k0 { fill: var(--c0); color: var(--c0); } circle.c1, .k1 { fill: var(--c1); color: var(--c1); }
            circle.c2, .k2 { fill: var(--c2); color: var(--c2); } circle.c3, .k3 { fill: var(--c3); color: var(--c3); }
            circle.c4, .k4 { fill: var(--c4); color: var(--c4); }
            .key span { margin-right: 1.2rem; white-space: nowrap; }
            """;

    private static final int COLOURS = 5;

    private final ConversionReport report;
    private final StringBuilder page = new StringBuilder();

    PageReport(ConversionReport report) {
        this.report = report;
    }

    String write() {
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .append(" style-src 'unsafe-inline'\">\n<title>")
                .append(escaped(report.model()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped(report.model()))
                .append("</h1>\n<p>")
                .append(verdict(report.passed()))
                .append(" · converted by slipway ")
                .append(escaped(report.converterVersion()))
                .append("</p>\n");
        list(report.options());
        plot();
        report.results().forEach(this::write);
        return page.append("</body>\n</html>\n").toString();
    }

    private void plot() {
        String plot = new ErrorPlot(report.results()).write();
        if (!plot.isEmpty()) {
            page.append("<h2>Error from tensor to tensor</h2>\n<p class=\"key\">");
            List<PrecisionReport> shown = report.results().stream()
                    .filter(result -> !result.tensors().isEmpty())
                    .toList();
            for (int i = 0; i < shown.size(); i++) {
                page.append("<span><b class=\"k")
                        .append(i % COLOURS)
                        .append("\">●</b> ")
                        .append(escaped(shown.get(i).precision()))
                        .append("</span>");
            }
            page.append("</p>\n").append(plot);
        }
    }

    private void write(PrecisionReport result) {
        page.append("<h2>")
                .append(escaped(result.precision()))
                .append("</h2>\n<p>")
                .append(verdict(result.passed()));
        if (!result.outputs().isEmpty()) {
            page.append(" · ").append(result.criterion()).append(" · ").append(Figures.bytes(result.fileBytes()));
        }
        page.append("</p>\n");
        result.failure()
                .ifPresent(why ->
                        page.append("<p class=\"bad\">").append(escaped(why)).append("</p>\n"));
        if (!result.outputs().isEmpty()) {
            measured(result);
        }
    }

    private void measured(PrecisionReport result) {
        for (String warning : result.warnings()) {
            page.append("<p class=\"bad\">").append(escaped(warning)).append("</p>\n");
        }
        head("Output");
        result.outputs().forEach(output -> row(escaped(output.name()), output, false));
        page.append("</table></div>\n");
        if (!result.tensors().isEmpty()) {
            tensors(result);
        }
        page.append("<h3>Operators</h3>\n<div class=\"wide\"><table>\n<tr><th>Operator</th><th>Uses</th></tr>\n");
        result.operators().forEach((name, count) -> page.append("<tr><td>")
                .append(escaped(name))
                .append("</td><td>")
                .append(count)
                .append("</td></tr>\n"));
        page.append("</table></div>\n<h3>Times</h3>\n<dl>");
        result.steps().forEach((name, time) -> page.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(Figures.seconds(time))
                .append("</dd>"));
        page.append("</dl>\n");
    }

    private void tensors(PrecisionReport result) {
        TensorParity jump = result.firstJump().orElse(null);
        page.append("<h3>Tensors</h3>\n<p>");
        if (jump == null) {
            page.append("The error jumps nowhere.");
        } else {
            page.append("The error first jumps at <b>")
                    .append(escaped(jump.parity().name()))
                    .append("</b> (")
                    .append(escaped(jump.operator()))
                    .append(").");
        }
        page.append("</p>\n");
        head("Tensor");
        for (TensorParity tensor : result.tensors()) {
            String name =
                    escaped(tensor.parity().name()) + " <span class=\"soft\">" + escaped(tensor.operator()) + "</span>";
            row(name, tensor.parity(), tensor.equals(jump));
        }
        page.append("</table></div>\n");
    }

    private void head(String name) {
        page.append("<div class=\"wide\"><table>\n<tr><th>").append(name).append("</th>");
        ParityRow.HEADINGS.forEach(
                heading -> page.append("<th>").append(heading).append("</th>"));
        page.append("</tr>\n");
    }

    private void row(String name, OutputParity parity, boolean jump) {
        page.append(jump ? "<tr class=\"jump\"><td>" : "<tr><td>").append(name).append("</td>");
        ParityRow.of(parity)
                .forEach(figure -> page.append("<td>").append(figure).append("</td>"));
        page.append("</tr>\n");
    }

    private void list(Map<String, String> entries) {
        page.append("<dl>");
        entries.forEach((name, value) -> page.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>"));
        page.append("</dl>\n");
    }

    private static String verdict(boolean passed) {
        return passed ? "<span class=\"good\">passed</span>" : "<span class=\"bad\">FAILED</span>";
    }

    /** Text for anywhere in a page, attributes in double quotes too. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
