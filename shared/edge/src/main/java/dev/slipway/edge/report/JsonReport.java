package dev.slipway.edge.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** A report for programs. */
final class JsonReport {
    private final ConversionReport report;

    JsonReport(ConversionReport report) {
        this.report = report;
    }

    String write() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("model", report.model());
            json.writeStringField("converterVersion", report.converterVersion());
            json.writeBooleanField("passed", report.passed());
            json.writeObjectFieldStart("options");
            for (Map.Entry<String, String> option : report.options().entrySet()) {
                json.writeStringField(option.getKey(), option.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            for (PrecisionReport result : report.results()) {
                write(json, result);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            // A writer in memory has no errors of its own.
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, PrecisionReport result) throws IOException {
        json.writeStartObject();
        json.writeStringField("precision", result.precision());
        json.writeBooleanField("passed", result.passed());
        if (result.failure().isPresent()) {
            json.writeStringField("failure", result.failure().get());
        }
        number(json, "tolerance", result.tolerance());
        if (result.minimumCosine().isPresent()) {
            number(json, "minimumCosine", result.minimumCosine().getAsDouble());
        }
        json.writeNumberField("fileBytes", result.fileBytes());
        json.writeArrayFieldStart("outputs");
        for (OutputParity output : result.outputs()) {
            json.writeStartObject();
            write(json, output);
            json.writeBooleanField("passed", result.passed(output));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tensors");
        for (TensorParity tensor : result.tensors()) {
            json.writeStartObject();
            json.writeStringField("operator", tensor.operator());
            write(json, tensor.parity());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(
                "firstJump",
                result.firstJump().map(tensor -> tensor.parity().name()).orElse(null));
        json.writeObjectFieldStart("operators");
        for (Map.Entry<String, Integer> operator : result.operators().entrySet()) {
            json.writeNumberField(operator.getKey(), operator.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("warnings");
        for (String warning : result.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("seconds");
        for (Map.Entry<String, java.time.Duration> step : result.steps().entrySet()) {
            json.writeNumberField(step.getKey(), step.getValue().toNanos() / 1e9);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, OutputParity parity) throws IOException {
        json.writeStringField("name", parity.name());
        json.writeStringField("type", parity.type().name());
        json.writeNumberField("elements", parity.elements());
        number(json, "maximumError", parity.maximumError());
        number(json, "relativeError", parity.relativeError());
        number(json, "meanError", parity.meanError());
        number(json, "signalToNoise", parity.signalToNoise());
        number(json, "cosine", parity.cosine());
        number(json, "argmaxAgreement", parity.argmaxAgreement());
        number(json, "largestMagnitude", parity.largestMagnitude());
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
