package dev.slipway.standalone.demo;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Stores digits as a file that labeling can import. */
record SampleFiles(Services services) {
    SampleFile store(List<Digits.Digit> digits, boolean withLabels) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            for (Digits.Digit digit : digits) {
                lines.write(services.json()
                        .writeValueAsBytes(new LabelledSample(
                                "digit-" + digit.number(), Sample.of(digit.image()), withLabels ? digit.label() : null)));
                lines.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SampleFile(services.artifacts().put(lines.toByteArray()).digest(), digits.size());
    }
}
