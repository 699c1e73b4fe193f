package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import java.io.IOException;

/** An artifact's name and size as one line of JSON; its bytes are a file of their own. */
final class ArtifactJson {
    private ArtifactJson() {}

    static byte[] write(Artifact artifact) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("digest", artifact.digest().hex());
            json.writeNumberField("size", artifact.size());
            json.writeEndObject();
        });
    }

    /** @throws IOException for a line that names no artifact */
    static Artifact read(byte[] line) throws IOException {
        Fields fields = Fields.of(line);
        try {
            return new Artifact(new Digest(fields.text("digest")), fields.number("size"));
        } catch (SlipwayException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
